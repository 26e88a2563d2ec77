package format

import (
	"strings"
	"testing"
	"time"
)

var everything = Wanted{All: true, JSON: true, Text: true}

// decodeRaw reads a record as a search for raw events does.
func decodeRaw(rec string) got {
	w := everything
	d, r := New(&w), NewRecord(&w)
	return plainly(d.Decode([]byte(rec), r), r)
}

func (g got) check(t *testing.T, kind string, fields map[string]string) {
	t.Helper()
	if g.outcome != Event || g.kind != kind {
		t.Fatalf("%s of kind %q (%s), want %s", g.outcome, g.kind, g.note, kind)
	}
	for name, want := range fields {
		value, ok := g.fields[name]
		if !ok {
			value = "<unset>"
		}
		if value != want {
			t.Errorf("%s: %q, want %q", name, value, want)
		}
	}
}

const auditFolder = "splunk_security_content_linux_auditd_"

func TestAudit(t *testing.T) {
	ns := int64(1723035666627 * 1e6)
	const call = `type=SYSCALL msg=audit(1723035666.627:3663): arch=c000003e syscall=59 success=yes exit=0 a0=556a6d697a58 items=2 ppid=1300 pid=1301 ` +
		`auid=1000 uid=0 gid=0 euid=4294967295 tty=pts1 comm="lsmod" exe="/usr/bin/kmod" key=(null)`
	for _, c := range []struct {
		name, rec, kind string
		host            string
		fields          map[string]string
	}{
		{"a system call, enriched", string(read(t, auditFolder+"syscall.log")), "auditd/SYSCALL", "", map[string]string{"type": "SYSCALL",
			"msg": "audit(1723035666.627:3663):", "arch": "c000003e", "syscall": "59", "success": "yes", "a0": "556a6d697a58", "a3": "0", "ppid": "1300", "pid": "1301",
			"auid": "1000", "uid": "0", "comm": "lsmod", "exe": "/usr/bin/kmod", "key": "rootcmd", "ARCH": "x86_64", "SYSCALL": "execve", "AUID": "ubuntu", "UID": "root",
			"FSGID": "root"}},
		{"not enriched: what the record tells", call, "auditd/SYSCALL", "", map[string]string{"key": "(null)", "ARCH": "x86_64", "SYSCALL": "execve", "UID": "root",
			"AUID": "unknown(1000)", "EUID": "unset", "FSUID": "<unset>", "exit": "0"}},
		{"aarch64", strings.NewReplacer("c000003e", "c00000b7", "syscall=59", "syscall=221").Replace(call), "auditd/SYSCALL", "", map[string]string{"ARCH": "aarch64",
			"SYSCALL": "execve"}},
		{"another machine", strings.Replace(call, "c000003e", "80000016", 1), "auditd/SYSCALL", "", map[string]string{"ARCH": "80000016", "SYSCALL": "59"}},
		{"a node, and the byte before the names", "node=web1 " + call + "\x1dARCH=x86_64 SYSCALL=execve AUID=\"ann\" UID=\"root\"", "auditd/SYSCALL", "web1",
			map[string]string{"key": "(null)", "ARCH": "x86_64", "AUID": "ann", "GID": "<unset>"}},
		{"behind syslog", "Aug  7 13:01:06 web2 audispd: " + call + `#035ARCH=x86_64 SYSCALL=execve AUID="ann"`, "auditd/SYSCALL", "web2",
			map[string]string{"key": "(null)", "ARCH": "x86_64", "AUID": "ann", "type": "SYSCALL"}},
		{"behind RFC 5424", "<13>1 2024-08-07T13:01:06Z web3 audispd 12 - - node=web4 " + call, "auditd/SYSCALL", "web4", map[string]string{"comm": "lsmod"}},
		{"of the kernel's log", `Aug  7 13:01:06 web2 kernel: audit: type=1309 audit(1723035666.627:3663): argc=1 a0="ls"`, "auditd/EXECVE", "web2",
			map[string]string{"type": "EXECVE", "a0": "ls"}},
		{"as grep prints it", "audit.log:12:" + call, "auditd/SYSCALL", "", map[string]string{"comm": "lsmod"}},
		{"a command", `type=EXECVE msg=audit(1723035666.627:3663): argc=4 a0="sudo" a1=612062 a2="6162" a3=00FF`, "auditd/EXECVE", "", map[string]string{"argc": "4",
			"a0": "sudo", "a1": "a b", "a2": "6162", "a3": " \xff"}},
		{"a long argument in pieces", `type=EXECVE msg=audit(1723035666.627:3663): argc=2 a0="echo" a1_len=4 a1[0]=4142 a1[1]=4344`, "auditd/EXECVE", "",
			map[string]string{"a1": "ABCD", "a1_len": "4"}},
		{"no hex digits in a system call's arguments", strings.Replace(call, "556a6d697a58", "5566", 1), "auditd/SYSCALL", "", map[string]string{"a0": "5566"}},
		{"a title", `type=PROCTITLE msg=audit(1723035666.627:3663): proctitle=63686D6F640037373700312E736800`, "auditd/PROCTITLE", "",
			map[string]string{"proctitle": "chmod 777 1.sh"}},
		{"a title in quotes", `type=PROCTITLE msg=audit(1723035666.627:3663): proctitle="6364"`, "auditd/PROCTITLE", "", map[string]string{"proctitle": "6364"}},
		{"half a byte", `type=PROCTITLE msg=audit(1723035666.627:3663): proctitle=636`, "auditd/PROCTITLE", "", map[string]string{"proctitle": "636"}},
		{"keys", `type=SYSCALL msg=audit(1723035666.627:3663): key=61750172 comm=6C732031`, "auditd/SYSCALL", "", map[string]string{"key": "au|r", "comm": "ls 1"}},
		{"a path", `type=PATH msg=audit(1723035666.627:3663): item=1 name=2F746D702F6120 nametype=DELETE ouid=0 ogid=33`, "auditd/PATH", "", map[string]string{
			"name": "/tmp/a ", "nametype": "DELETE", "OUID": "root", "OGID": "unknown(33)"}},
		{"a daemon's own pairs", `type=USER_CMD msg=audit(1723035666.627:3663): pid=1 uid=1000 msg='cwd="/" cmd=6C73202D6C terminal=pts/0 res=success'` + "\x1d" +
			`UID="ann"`, "auditd/USER_CMD", "", map[string]string{"msg": "audit(1723035666.627:3663):", "cwd": "/", "cmd": "ls -l", "res": "success", "UID": "ann"}},
		{"an address", `type=SOCKADDR msg=audit(1723035666.627:3663): saddr=02000050` + "\x1dSADDR={ saddr_fam=inet laddr=10.0.0.1 lport=80 }", "auditd/SOCKADDR", "",
			map[string]string{"saddr": "02000050", "SADDR": "{ saddr_fam=inet laddr=10.0.0.1 lport=80 }", "laddr": "10.0.0.1", "lport": "80"}},
		{"words without =", `type=AVC msg=audit(1723035666.627:3663): avc:  denied  { read } for  pid=1 comm="x" tclass=file`, "auditd/AVC", "",
			map[string]string{"pid": "1", "comm": "x", "tclass": "file"}},
		{"of equal names the first", `type=LOGIN msg=audit(1723035666.627:3663): a=1 a=2 type=X`, "auditd/LOGIN", "", map[string]string{"a": "1", "type": "LOGIN"}},
		{"cut off", `type=USER_CMD msg=audit(1723035666.627:3663): pid=1 msg='cwd="/ho`, "auditd/USER_CMD", "", map[string]string{"pid": "1", "cwd": "/ho"}},
		{"in the journal", `{"__REALTIME_TIMESTAMP":"1723035666627000","_HOSTNAME":"web5","_TRANSPORT":"audit","_AUDIT_TYPE_NAME":"SERVICE_STOP",` +
			`"MESSAGE":"SERVICE_STOP pid=1 uid=0 msg='unit=atd comm=\"systemd\" res=success'"}`, "auditd/SERVICE_STOP", "web5",
			map[string]string{"type": "SERVICE_STOP", "unit": "atd", "comm": "systemd", "UID": "root"}},
		{"of a program in the journal", `{"_HOSTNAME":"web5","SYSLOG_IDENTIFIER":"audispd","MESSAGE":` + plainQuoted(call) + `}`, "auditd/SYSCALL", "web5",
			map[string]string{"comm": "lsmod"}},
		{"as the HTTP collector is sent it", `{"time":1,"host":"web6","event":` + plainQuoted(call) + `}`, "auditd/SYSCALL", "web6", map[string]string{"comm": "lsmod"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := decodeRaw(strings.TrimSuffix(c.rec, "\n"))
			g.check(t, c.kind, c.fields)
			if g.meta.Host != c.host {
				t.Errorf("host %q, want %q", g.meta.Host, c.host)
			}
			if c.name != "in the journal" && g.meta.Time != ns {
				t.Errorf("time %d, want %d", g.meta.Time, ns)
			}
		})
	}
}

func TestAuditInWords(t *testing.T) {
	const title = `type=PROCTITLE msg=audit(11/18/2022 14:33:22.294:2760) : proctitle=chmod 777 dd if=/x `
	zone := time.FixedZone("", 3600)
	w := Wanted{All: true, Text: true, Zone: zone}
	r := NewRecord(&w)
	g := plainly(New(&w).Decode([]byte(title), r), r)
	g.check(t, "auditd/PROCTITLE", map[string]string{"proctitle": "chmod 777 dd if=/x "})
	if want := time.Date(2022, 11, 18, 14, 33, 22, 294e6, zone).UnixNano(); g.meta.Time != want {
		t.Errorf("time %d, want %d", g.meta.Time, want)
	}
	decodeRaw(`type=SYSCALL msg=audit(11/18/2022 14:33:22.294:2760) : arch=x86_64 syscall=execve uid=ann comm=ABCD exe=/bin/x`).
		check(t, "auditd/SYSCALL", map[string]string{"SYSCALL": "execve", "ARCH": "x86_64", "UID": "ann", "comm": "ABCD"})
}

func TestAuditPrintedByTheJournal(t *testing.T) {
	g := decodeRaw(`2024-08-07T13:01:06+0200 web1 audit[1301]: EXECVE argc=2 a0="ls" a1=2D6C`)
	g.check(t, "auditd/EXECVE", map[string]string{"type": "EXECVE", "a0": "ls", "a1": "-l", "argc": "2"})
	if want := time.Date(2024, 8, 7, 11, 1, 6, 0, time.UTC).UnixNano(); g.meta.Time != want || g.meta.Host != "web1" {
		t.Errorf("%+v", g.meta)
	}
}

// What a program's user can put into its line is no record of auditd.
func TestForgedAudit(t *testing.T) {
	for _, rec := range []string{
		"Aug  7 13:01:06 web1 sshd[1]: Invalid user type=SYSCALL msg=audit(1.2:3): pid=1",
		"grep audit(12 x", "type=X audit(1", "msg=audit(1.2:3): pid=1", "type= msg=audit(1.2:3): pid=1",
	} {
		if g := decodeRaw(rec); g.kind != "text" {
			t.Errorf("%s: of kind %q", rec, g.kind)
		}
	}
	g := decodeRaw(strings.Replace(x, command, "grep : type=PATH msg=audit(1.2:3): name=x", 1))
	g.check(t, "sysmon/1", map[string]string{"Image": "/usr/bin/curl"})
}

func TestRealAudit(t *testing.T) {
	kinds := map[string]int{}
	titles := ""
	for _, rec := range lineRecords(read(t, "otrf_auditd.log")) {
		g := decodeRaw(string(rec))
		kinds[g.kind]++
		if p := g.fields["proctitle"]; p != "" {
			titles += p + ";"
		}
		if g.outcome != Event || g.meta.Time < 1604994496e9 || g.meta.Time > 1604994500e9 {
			t.Errorf("%s: %s, %d", rec, g.outcome, g.meta.Time)
		}
	}
	if len(kinds) != 5 || kinds["auditd/SYSCALL"] != kinds["auditd/EXECVE"] || !strings.HasPrefix(titles, "arp -a;") {
		t.Errorf("%v, titles %q", kinds, titles)
	}
	decodeRaw(string(read(t, auditFolder+"add_user.log"))).check(t, "auditd/ADD_USER", map[string]string{"op": "adding", "id": "1002", "exe": "/usr/sbin/useradd",
		"hostname": "ar-linux1", "addr": "?", "res": "success", "UID": "root", "AUID": "ubuntu", "ID": "unknown(1002)"})
	decodeRaw(string(read(t, auditFolder+"service_stop.log"))).check(t, "auditd/SERVICE_STOP", map[string]string{"unit": "atd", "comm": "systemd", "AUID": "unset",
		"terminal": "?"})
	decodeRaw(string(read(t, auditFolder+"path.log"))).check(t, "auditd/PATH", map[string]string{"name": "/etc/ssh/ssh_config~", "nametype": "DELETE", "OGID": "root"})
	decodeRaw(string(read(t, auditFolder+"execve.log"))).check(t, "auditd/EXECVE", map[string]string{"a1": "LD_PRELOAD=./myfopen.so", "argc": "3"})
	decodeRaw(string(read(t, auditFolder+"proctitle.log"))).check(t, "auditd/PROCTITLE", map[string]string{"proctitle": "chmod 777 1.sh"})
}

func TestAUOMS(t *testing.T) {
	records := lineRecords(read(t, "otrf_auoms.ndjson.gz"))
	g := decodeRaw(string(records[0]))
	g.check(t, "auditd/AUOMS_EXECVE", map[string]string{"type": "AUOMS_EXECVE|SYSCALL|PROCTITLE|CWD|PATH", "comm": "http-nio-8080-e", "SYSCALL": "execve", "UID": "tomcat",
		"AUID": "unset", "success": "no", "name": "/usr/local/sbin/bash", "path_name": "/usr/local/sbin/bash", "cwd": "/", "key": "auoms,delete",
		"proctitle": "/usr/lib/jvm/java-1.8.0-openjdk-amd64/bin/java -Djava.util.logging.config.file=/opt/tomcat/conf/logging.properties -Djava.util.l"})
	if g.meta.Host != "UBUNTU5" || g.meta.Time != 1652292621986e6 || g.meta.Envelope != "azure" {
		t.Errorf("%+v", g.meta)
	}
	const command = `type=AUOMS_EXECVE audit(1652292621.990:84143): node=U5 syscall=execve a0=7fc a1=7fd user=root uid=0 argc=3 cmdline="bash -c "{echo,Ym}|{bash,-i}"" redactors= containerid=`
	decodeRaw(command).check(t, "auditd/AUOMS_EXECVE", map[string]string{"type": "AUOMS_EXECVE|SYSCALL|EXECVE|PROCTITLE", "a0": `bash -c "{echo,Ym}|{bash,-i}"`,
		"proctitle": `bash -c "{echo,Ym}|{bash,-i}"`, "a1": "<unset>", "argc": "3", "UID": "root"})
}

func TestLaurel(t *testing.T) {
	const rec = `{"ID":"1723035666.627:3663","NODE":"web1","SYSCALL":{"arch":"0xc000003e","syscall":59,"a0":"0x1","ppid":1300,"pid":1301,"success":"yes","comm":"chmod",` +
		`"exe":"/usr/bin/chmod","SYSCALL":"execve","UID":"root"},"EXECVE":{"argc":3,"ARGV":["chmod","a b","x"]},"CWD":{"cwd":"/tmp"},` +
		`"PATH":[{"name":"/usr/bin/chmod","nametype":"NORMAL","OGID":"root"},{"name":"/lib64/ld","nametype":"NORMAL"}],"PROCTITLE":{"ARGV":["chmod","a b","x"]},` +
		`"PARENT_INFO":{"comm":"bash"}}`
	g := decodeRaw(rec)
	g.check(t, "auditd/SYSCALL", map[string]string{"type": "EXECVE|SYSCALL|CWD|PATH|PROCTITLE", "a0": "chmod", "a1": "a b", "a2": "x", "argc": "3", "comm": "chmod",
		"SYSCALL": "execve", "UID": "root", "syscall": "59", "name": "/usr/bin/chmod|/lib64/ld", "nametype": "NORMAL|NORMAL", "proctitle": "chmod a b x", "cwd": "/tmp"})
	if g.meta.Host != "web1" || g.meta.Time != 1723035666627e6 || g.meta.Envelope != "laurel" {
		t.Errorf("%+v", g.meta)
	}
}

func TestAuditAsksForKinds(t *testing.T) {
	w := Wanted{Text: true, Fields: []string{"a0", "proctitle", "UID"}, Kinds: map[string]struct{}{"auditd/EXECVE": {}}}
	d, r := New(&w), NewRecord(&w)
	for i, rec := range lineRecords(read(t, "otrf_auditd.log")) {
		outcome := d.Decode(rec, r)
		if want := strings.Contains(string(rec), "type=EXECVE"); outcome == Event != want || outcome != Event && outcome != Unwanted {
			t.Errorf("record %d: %s", i, outcome)
		}
	}
}

func TestNothingIsAllocatedPerAuditRecord(t *testing.T) {
	records := lineRecords(read(t, "otrf_auditd.log"))
	w := Wanted{Text: true, Fields: []string{"type", "comm", "exe", "a0", "a1", "proctitle", "name", "UID", "SYSCALL"}}
	d, r := New(&w), NewRecord(&w)
	if n := testing.AllocsPerRun(5, func() {
		for _, rec := range records {
			d.Decode(rec, r)
		}
	}); n > 3 { // names that stand in for numbers
		t.Errorf("%v allocations for %d records", n, len(records))
	}
}
