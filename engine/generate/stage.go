package generate

import "math/rand/v2"

// stage turns a pending event, whose time has come, into what is logged of it.
func (w *world) stage(p pending) *event {
	cue := p.proc.cue()
	if cue != nil {
		defer w.dice.aside()()
	}
	e := &w.event
	p.host.record++
	*e = event{
		kind: p.kind, host: p.host, record: p.host.record, system: p.at, rule: "-", proc: p.proc, parent: p.proc.parent,
		image: p.proc.image.path, user: p.proc.owner.name, target: p.file, mark: p.mark, skip: -1,
	}
	e.utc = p.at/1000 - p.host.drift
	switch p.kind {
	case create:
		e.utc += w.skew() - p.proc.fork
		e.command, e.exported = p.proc.command, p.proc.step.exported
	case connect:
		e.utc += 4 + w.r.Int64N(3)
		e.link = w.link(p.host)
	case ptrace:
		e.parent = p.host.daemons["java"]
	case rawRead:
		e.target = "/dev/sda" + string(byte('1'+w.r.IntN(5)))
	default:
		e.utc += 4 + w.r.Int64N(3)
	}
	if cue != nil {
		// The same for all, so that they are as far apart by UtcTime as by SystemTime.
		e.utc = p.at/1000 - p.host.drift + 4
		e.link.accepted = cue.accepted
	}
	if e.target == "" && (p.kind == fileCreate || p.kind == fileDelete) {
		e.target = w.anyFile(p.kind, p.proc)
	}
	if w.r.IntN(100) < 15 {
		e.rule = ruleName(w.r, p.host.build)
	}
	if p.mark == nil {
		w.blur(e)
	}
	return e
}

// skew is how many milliseconds a creation's UtcTime is ahead of its SystemTime.
func (w *world) skew() int64 {
	if w.r.IntN(20) == 0 {
		return 6 - w.r.Int64N(27)
	}
	return 1 + w.r.Int64N(4)
}

// blur makes an image what Sysmon makes of it when it cannot see the process well.
func (w *world) blur(e *event) {
	n := w.r.IntN(1000)
	switch {
	case e.kind == create && n < 3:
		e.image, e.command = "-", "-"
	case e.kind == create && n < 5:
		e.image = "(null)"
	case (e.kind == connect || e.kind == terminate) && n < 80:
		e.image = e.proc.image.base
	}
}

var ports = []uint16{443, 443, 443, 443, 53, 53, 80, 80, 22, 5432, 6379, 9997, 8089, 1514, 8125, 9200, 3306, 5671, 123, 25, 389, 636, 8080, 8443, 2379, 6443, 10250, 9092, 2181, 27017}

func (w *world) link(h *host) connection {
	c := connection{
		protocol: "tcp", remote: w.words.remotes[w.words.remote.next(w.r)], local: uint16(32768 + w.r.IntN(28000)),
		port: ports[w.r.IntN(len(ports))], accepted: w.r.IntN(8) == 0, six: w.r.IntN(50) == 0,
	}
	if c.port == 53 || c.port == 123 {
		c.protocol = "udp"
	}
	if c.six {
		c.remote = "fe80:0:0:0:0:0:0:1"
	}
	return c
}

func (w *world) anyFile(k *kind, p *process) string {
	switch n := w.r.IntN(100); {
	case n < 40:
		return w.words.expand(temporary)
	case n < 50 && k == fileDelete:
		return "/run/udev/queue"
	}
	return w.words.targets[w.words.common.next(w.r)]
}

var temporary = compile("%t")

var techniques = []string{
	"TechniqueID=T1105,TechniqueName=Ingress Tool Transfer", "TechniqueID=T1059.004,TechniqueName=Command and Scripting Interpreter: Unix Shell",
	"TechniqueID=T1053.003,TechniqueName=Scheduled Task/Job: Cron", "TechniqueID=T1548.003,TechniqueName=Sudo and Sudo Caching",
	"TechniqueID=T1033,TechniqueName=System Owner/User Discovery", "TechniqueID=T1070.006,TechniqueName=Indicator Removal on Host: Timestomp",
	"TechniqueID=T1016,TechniqueName=System Network Configuration Discovery", "TechniqueID=T1087.001,TechniqueName=Account Discovery: Local Account",
}

func ruleName(r *rand.Rand, b build) string {
	name := techniques[r.IntN(len(techniques))]
	if b.halfRules {
		return name[:(len(name)+1)/2]
	}
	return name
}
