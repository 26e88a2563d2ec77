package format

import (
	"bytes"
	"strings"
)

// codedNames are the fields whose values come from whoever is being watched: auditd writes them as hex digits where they hold blanks, quotes or
// odd characters.
var codedNames = func() map[string]bool {
	out := map[string]bool{}
	for _, name := range strings.Fields("acct cmd comm cwd data device dir exe file key name new-disk new-fs new-rng ocomm old-disk old-fs old-rng path proctitle root_dir vm watch") {
		out[name] = true
	}
	return out
}()

// aliases are the fields that auditd's enriched form adds: the names behind numbers. AUOMS has the names under words of its own.
var aliases = map[string]string{
	"arch": "ARCH", "syscall": "SYSCALL", "auid": "AUID", "uid": "UID", "gid": "GID", "euid": "EUID", "suid": "SUID", "fsuid": "FSUID",
	"egid": "EGID", "sgid": "SGID", "fsgid": "FSGID", "ouid": "OUID", "ogid": "OGID", "id": "ID",
}

var auomsAliases = map[string]string{
	"audit_user": "AUID", "user": "UID", "group": "GID", "effective_user": "EUID", "set_user": "SUID", "filesystem_user": "FSUID",
	"effective_group": "EGID", "set_group": "SGID", "filesystem_group": "FSGID", "o_user": "OUID", "owner_group": "OGID",
}

// enriched says whether a record holds the names of its numbers.
func enriched(b []byte) bool {
	for _, mark := range enrichedMarks {
		if bytes.Contains(b, mark) {
			return true
		}
	}
	return false
}

var enrichedMarks = [][]byte{[]byte("UID=\""), []byte("ARCH="), []byte("GID=\"")}

// nameNumber fills in what the enriched form would say of a number. Who has which number is known on the machine alone: but for root, it is as
// auditd itself writes what it cannot find out.
func (d *Decoder) nameNumber(n number) {
	slot := d.audit.aliasSlot(n.of)
	if d.to.Cell(slot).Set {
		return
	}
	p := &d.audit.pairs
	machine, text := arches[string(p.arch)], n.text
	switch {
	case n.of.name == "arch":
		if machine.name != "" {
			text = []byte(machine.name)
		}
	case n.of.name == "syscall":
		if name := machine.calls[string(n.text)]; name != "" {
			text = []byte(name)
		}
	case !consistsOf(n.text, decimal): // it is a name already
	case string(n.text) == "0":
		text = []byte("root")
	case string(n.text) == "4294967295":
		text = []byte("unset")
	default:
		text = d.to.Grow(len("unknown()") + len(n.text))[:0]
		text = append(append(append(text, "unknown("...), n.text...), ')')
	}
	d.to.Set(slot, text)
}

// auditNumbers are the types as the kernel numbers them, for records that came by its own log.
var auditNumbers = numbered(`
	1005 USER LOGIN
	1100 USER_AUTH USER_ACCT USER_MGMT CRED_ACQ CRED_DISP USER_START USER_END USER_AVC USER_CHAUTHTOK USER_ERR CRED_REFR USYS_CONFIG USER_LOGIN
	USER_LOGOUT ADD_USER DEL_USER ADD_GROUP DEL_GROUP DAC_CHECK CHGRP_ID TEST TRUSTED_APP USER_SELINUX_ERR USER_CMD USER_TTY CHUSER_ID GRP_AUTH
	SYSTEM_BOOT SYSTEM_SHUTDOWN SYSTEM_RUNLEVEL SERVICE_START SERVICE_STOP GRP_MGMT GRP_CHAUTHTOK MAC_CHECK ACCT_LOCK ACCT_UNLOCK USER_DEVICE
	SOFTWARE_UPDATE
	1200 DAEMON_START DAEMON_END DAEMON_ABORT DAEMON_CONFIG
	1300 SYSCALL 1302 PATH IPC SOCKETCALL CONFIG_CHANGE SOCKADDR CWD 1309 EXECVE 1311 IPC_SET_PERM MQ_OPEN MQ_SENDRECV MQ_NOTIFY MQ_GETSETATTR
	KERNEL_OTHER FD_PAIR OBJ_PID TTY EOE BPRM_FCAPS CAPSET MMAP NETFILTER_PKT NETFILTER_CFG SECCOMP PROCTITLE FEATURE_CHANGE REPLACE KERN_MODULE
	FANOTIFY TIME_INJOFFSET TIME_ADJNTPVAL BPF EVENT_LISTENER URINGOP OPENAT2 DM_CTRL DM_EVENT
	1400 AVC SELINUX_ERR AVC_PATH MAC_POLICY_LOAD MAC_STATUS MAC_CONFIG_CHANGE
	1700 ANOM_PROMISCUOUS ANOM_ABEND ANOM_LINK
	2000 KERNEL`)
