package generate

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
)

// A damager spoils events before they are rendered and records after. It draws from numbers of its own: the events
// stay the same, whatever is done to them.
type damager struct {
	r    *rand.Rand
	rate Damage
	form string
	done map[string]int
}

func newDamager(c Config, done map[string]int) *damager {
	return &damager{r: rand.New(rand.NewPCG(c.Seed, 0x64616d616765)), rate: c.Damage, form: c.Form, done: done}
}

func (d *damager) hits(kind int) bool {
	return d.rate[kind] > 0 && d.r.Float64() < d.rate[kind]
}

func (d *damager) count(kind int) { d.done[damageNames[kind].name]++ }

func (d *damager) isXML() bool { return d.form == "syslog" || d.form == "xml" }

// event spoils e before it is rendered.
func (d *damager) event(e *event) {
	if e.spared() {
		return
	}
	if e.kind == create {
		d.command(e)
	}
	if d.form != "ecs" && d.hits(Missing) {
		e.skip = d.r.IntN(len(e.kind.names))
		d.count(Missing)
	}
	if d.form == "journald" {
		if d.hits(ByteArrays) {
			e.undecipherable = true
			d.count(ByteArrays)
		}
		e.lost = d.rate[NullMessages] > 0
	}
}

func (d *damager) command(e *event) {
	if d.hits(Controls) {
		e.command += " \a\x02"
		e.undecipherable = e.undecipherable || e.host.build.quotes
		d.count(Controls)
	}
	if d.hits(Invalid) {
		if d.isXML() || d.form == "journald" {
			e.command += " caf\xe9"
		} else {
			e.command += " caf\ufffd"
		}
		e.undecipherable = true
		d.count(Invalid)
	}
	if d.hits(Newlines) {
		e.command += " \nexit 0 \x1b[0m"
		e.undecipherable = e.undecipherable || e.host.build.quotes
		d.count(Newlines)
	}
}

var cuts = []int{1024, 2012, 8096}

// record spoils the rendered record of e and returns it; it may only get shorter.
func (d *damager) record(rec []byte, e *event) []byte {
	if e.spared() {
		return rec
	}
	if d.form == "journald" && bytes.HasSuffix(rec, []byte(`"MESSAGE":null}`+"\n")) {
		d.count(NullMessages)
	}
	if d.hits(Truncated) {
		if cut := cuts[d.r.IntN(len(cuts))]; len(rec) > cut+1 {
			rec = append(rec[:cut], '\n')
			d.count(Truncated)
		}
	}
	if d.isXML() && d.hits(Semicolons) && bytes.IndexByte(rec, ';') >= 0 {
		for i, b := range rec {
			if b == ';' {
				rec[i] = ' '
			}
		}
		d.count(Semicolons)
	}
	return rec
}

// twice says whether the record of e is delivered a second time.
func (d *damager) twice(e *event) bool {
	if e.spared() || !d.hits(Duplicates) {
		return false
	}
	d.count(Duplicates)
	return true
}

// A foreigner is a form that holds other programs' records too.
type foreigner interface {
	foreign(dst []byte, e *event, text string) []byte
}

// others appends the records of other programs that precede the one of e.
func (d *damager) others(dst []byte, form renderer, e *event) []byte {
	f, ok := form.(foreigner)
	for ok && d.hits(Foreign) {
		text := foreignTexts[d.r.IntN(len(foreignTexts))]
		dst = f.foreign(dst, e, fmt.Sprintf(text, 1000+d.r.IntN(30_000)))
		d.count(Foreign)
	}
	return dst
}

// foreignTexts hold the words of detections on purpose: they are no Sysmon events.
var foreignTexts = []string{
	"CRON[%d]: (root) CMD (   cd / && run-parts --report /etc/cron.hourly)",
	"systemd[1]: Started Session %d of user root.",
	"systemd[1]: Reloading service %d.",
	"sudo[%d]:    admin : TTY=pts/0 ; PWD=/home/admin ; USER=root ; COMMAND=/usr/bin/systemctl restart nginx",
	"sshd[%d]: Accepted publickey for admin from 192.0.2.7 port 50122 ssh2",
	"kernel: [%d.412345] audit: type=1400 apparmor=\"ALLOWED\" operation=\"open\" profile=\"/usr/sbin/sssd\"",
	"dhclient[%d]: XMT: Solicit on eth0, interval 113910ms.",
	"dbus-daemon[%d]: [system] Successfully activated service 'org.freedesktop.timedate1'",
}

var banner = []string{
	"sysmon[%d]: ", "sysmon[%d]: Sysmon - Monitors system events", "sysmon[%d]: ", "sysmon[%d]: Loading configuration file",
	"sysmon[%d]: Schema version: 4.81", "sysmon[%d]: Configuration file validated.", "sysmon[%d]: ", "sysmon[%d]: Starting.",
	"sysmon[%d]: eBPF program loaded", "sysmon[%d]: ", "sysmon[%d]: Telemetry ready", "sysmon[%d]: Waiting for events",
	"sysmon[%d]: ", "sysmon[%d]: Running...",
}

// start appends what precedes the first record.
func (d *damager) start(dst []byte, form renderer, e *event) []byte {
	s, ok := form.(*syslog)
	if !ok || d.rate[Banners] == 0 {
		return dst
	}
	for _, text := range banner {
		dst = s.foreign(dst, e, fmt.Sprintf(text, e.host.sysmon))
		d.count(Banners)
	}
	return dst
}

// endings makes every newline from position from on a carriage return and a newline.
func (d *damager) endings(dst []byte, from int) []byte {
	if d.rate[CRLF] == 0 {
		return dst
	}
	for i := from; i < len(dst); i++ {
		if dst[i] == '\n' {
			dst = slices.Insert(dst, i, '\r')
			i++
		}
	}
	return dst
}
