package schedule

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// File is a file and what is in it.
type File struct{ Path, Text string }

// hardened is what the service of a job must not do or have. It needs no network, no privilege and no device: it reads logs.
const hardened = `Nice=10
IOSchedulingClass=idle
CPUQuota=50%
UMask=0077
NoNewPrivileges=yes
AmbientCapabilities=
PrivateNetwork=yes
PrivateDevices=yes
PrivateTmp=yes
ProtectSystem=strict
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
ProcSubset=pid
RemoveIPC=yes
RestrictAddressFamilies=AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
MemoryDenyWriteExecute=yes
KeyringMode=private
DevicePolicy=closed
IPAddressDeny=any
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
SystemCallErrorNumber=EPERM
`

// Units is the job as a service and a timer of systemd, or as a service that stays. What it finds goes to the journal.
func Units(j Job) []File {
	if j.Stays {
		return []File{{"/etc/systemd/system/spoor.service", service(j)}}
	}
	return []File{{"/etc/systemd/system/spoor.service", service(j)}, {"/etc/systemd/system/spoor.timer", timer(j)}}
}

func service(j Job) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	words := make([]string, len(j.Command))
	for i, word := range j.Command {
		words[i] = unitWord(word, i > 0)
	}
	line("[Unit]\nDescription=%s\n", strings.ReplaceAll(j.About, "%", "%%"))
	kind, life := "oneshot", "# 1: --fail-on and --exit-status found what they look for\nSuccessExitStatus=1"
	if j.Stays {
		kind, life = "notify", staying
	}
	line("[Service]\nType=%s\nExecStart=%s\n%s", kind, strings.Join(words, " "), life)
	line("StandardOutput=journal\nStandardError=journal\nSyslogIdentifier=spoor\n# no finding is dropped because there are many\nLogRateLimitIntervalSec=0")
	if j.User != "" {
		line("User=%s", j.User)
	} else {
		line("DynamicUser=yes\n# of those who may read logs\nSupplementaryGroups=adm")
	}
	for _, folder := range j.Writes {
		line("%s", writable(folder))
	}
	home := "yes"
	if slices.ContainsFunc(j.Reads, func(p string) bool { return Below(p, "/home", "/root", "/run/user") }) {
		home = "read-only"
	}
	capabilities := ""
	if j.User == "root" {
		capabilities = "CAP_DAC_READ_SEARCH" // logs that belong to others
	}
	if j.Memory > 0 {
		line("MemoryMax=%dM", (j.Memory+1<<20-1)>>20)
	}
	b.WriteString(hardened)
	line("ProtectHome=%s\nCapabilityBoundingSet=%s", home, capabilities)
	if j.Stays {
		line("\n[Install]\nWantedBy=multi-user.target")
	}
	return b.String()
}

// staying is how systemd looks after a service that stays.
const staying = `# rules, macros and lookups are read again at once
ExecReload=/bin/kill -HUP $MAINPID
Restart=on-failure
RestartSec=30
# 2: what it is asked for makes no sense, and will not the next time
RestartPreventExitStatus=2
# it gives a sign of life while it waits, and while logs are read
WatchdogSec=15min`

func timer(j Job) string {
	return fmt.Sprintf(`[Unit]
Description=%s

[Timer]
OnCalendar=%s
RandomizedDelaySec=%d
AccuracySec=1s
# what is due while the machine is off is done when it is on again
Persistent=true

[Install]
WantedBy=timers.target
`, strings.ReplaceAll(j.About, "%", "%%"), j.Minutes.calendar(), j.Delay/time.Second)
}

// own is the folders in which systemd makes those of a service.
var own = []struct{ below, directive string }{{"/var/lib/", "StateDirectory"}, {"/var/log/", "LogsDirectory"}, {"/var/cache/", "CacheDirectory"}}

// Owned says whether systemd makes a folder, as one of the service's own. Others must be there, and belong to the job's user.
func Owned(folder string) bool { return !strings.HasPrefix(writable(folder), "ReadWritePaths") }

// writable is the directive by which a service may write in a folder.
func writable(folder string) string {
	for _, o := range own {
		if name, ok := strings.CutPrefix(path.Clean(folder), o.below); ok && !strings.Contains(name, ":") {
			return fmt.Sprintf("%s=%s\n%sMode=0700", o.directive, unitWord(name, false), o.directive)
		}
	}
	return "ReadWritePaths=" + unitWord(folder, false)
}

// Below says whether a path is one of some folders, or below one.
func Below(p string, folders ...string) bool {
	return slices.ContainsFunc(folders, func(f string) bool { return p == f || strings.HasPrefix(p, f+"/") })
}

// unitWord quotes a word for a unit, where % and \ are special everywhere and $ in the arguments of a command.
func unitWord(word string, argument bool) string {
	if plain(word) {
		return word
	}
	var b strings.Builder
	for len(word) > 0 {
		r, size := utf8.DecodeRuneInString(word)
		switch {
		case r == '%', r == '$' && argument:
			b.WriteRune(r)
			b.WriteRune(r)
		case r == '"', r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ' || r == 0x7f || r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, word[0])
		default:
			b.WriteRune(r)
		}
		word = word[size:]
	}
	return `"` + b.String() + `"`
}
