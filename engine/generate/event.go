package generate

import "strconv"

// A kind is an event type: its number and its fields in Sysmon's order.
type kind struct {
	id             int
	version, level string
	names          []string
	text           []bool // which fields may hold bytes that a form must escape
	command        int    // the index of CommandLine, or -1
}

func newKind(id int, version, level string, names ...string) *kind {
	k := &kind{id: id, version: version, level: level, names: names, text: make([]bool, len(names)), command: -1}
	for i, name := range names {
		switch name {
		case "RuleName", "Image", "CommandLine", "CurrentDirectory", "User", "ParentImage", "ParentCommandLine", "ParentUser",
			"TargetFilename", "SourceImage", "TargetImage", "Description", "Configuration":
			k.text[i] = true
		}
		if name == "CommandLine" {
			k.command = i
		}
	}
	return k
}

var (
	create = newKind(1, "5", "4", "RuleName", "UtcTime", "ProcessGuid", "ProcessId", "Image", "FileVersion", "Description",
		"Product", "Company", "OriginalFileName", "CommandLine", "CurrentDirectory", "User", "LogonGuid", "LogonId",
		"TerminalSessionId", "IntegrityLevel", "Hashes", "ParentProcessGuid", "ParentProcessId", "ParentImage",
		"ParentCommandLine", "ParentUser")
	connect = newKind(3, "5", "4", "RuleName", "UtcTime", "ProcessGuid", "ProcessId", "Image", "User", "Protocol", "Initiated",
		"SourceIsIpv6", "SourceIp", "SourceHostname", "SourcePort", "SourcePortName", "DestinationIsIpv6", "DestinationIp",
		"DestinationHostname", "DestinationPort", "DestinationPortName")
	state      = newKind(4, "3", "4", "UtcTime", "State", "Version", "SchemaVersion")
	terminate  = newKind(5, "3", "4", "RuleName", "UtcTime", "ProcessGuid", "ProcessId", "Image", "User")
	rawRead    = newKind(9, "2", "4", "RuleName", "UtcTime", "ProcessGuid", "ProcessId", "Image", "Device", "User")
	ptrace     = newKind(10, "3", "4", "RuleName", "UtcTime", "SourceProcessGUID", "SourceProcessId", "SourceThreadId", "SourceImage", "TargetProcessGUID", "TargetProcessId", "TargetImage", "GrantedAccess", "CallTrace", "SourceUser", "TargetUser")
	fileCreate = newKind(11, "2", "4", "RuleName", "UtcTime", "ProcessGuid", "ProcessId", "Image", "TargetFilename", "CreationUtcTime", "User")
	config     = newKind(16, "3", "4", "UtcTime", "Configuration", "ConfigurationFileHash")
	fileDelete = newKind(23, "5", "4", "RuleName", "UtcTime", "ProcessGuid", "ProcessId", "User", "Image", "TargetFilename", "Hashes", "IsExecutable", "Archived")
	failure    = newKind(255, "3", "2", "UtcTime", "ID", "Description")
)

// An event is one logical event, the same in every form. It is valid until the next one.
type event struct {
	kind           *kind
	host           *host
	record         uint64
	system         int64 // SystemTime in microseconds since 1970
	utc            int64 // UtcTime in milliseconds since 1970
	rule           string
	proc, parent   *process
	image, user    string // as this event shows them, which is not always what proc has
	command        string
	link           connection
	target         string // of file events and raw reads
	mark           *mark
	exported       bool // some tool on the way wrote a letter of the command as an escape
	skip           int  // the field that is missing, or -1
	undecipherable bool // holds bytes that journald does not take for text
	lost           bool // journalctl leaves its message out if that is long
}

type connection struct {
	protocol, remote string
	local, port      uint16
	accepted, six    bool
}

// moment is the time that a search sees, in milliseconds.
func (e *event) moment() int64 {
	if drift := e.system/1000 - e.utc; drift > 60_000 || drift < -60_000 {
		return e.system / 1000
	}
	return e.utc
}

// spared says that no damage is done to e: it is planted, or part of the scene of a sequence.
func (e *event) spared() bool { return e.mark != nil || e.proc.cue() != nil }

func (e *event) parentImage() string {
	if e.proc.orphan || e.parent == nil {
		return "-"
	}
	return e.parent.image.path
}

func (e *event) appendGUID(dst []byte, p *process) []byte {
	return appendGUID(dst, p.home(e.host).machine, p.start, p.key)
}

// values are the fields of one event as bytes, in one buffer.
type values struct {
	buf []byte
	end [24]int
	n   int
}

func (v *values) reset()              { v.buf, v.n = v.buf[:0], 0 }
func (v *values) close()              { v.end[v.n] = len(v.buf); v.n++ }
func (v *values) str(s string)        { v.buf = append(v.buf, s...); v.close() }
func (v *values) num(n uint64)        { v.buf = strconv.AppendUint(v.buf, n, 10); v.close() }
func (v *values) utcTime(milli int64) { v.buf = appendUtcTime(v.buf, milli); v.close() }

func (v *values) at(i int) []byte {
	if i == 0 {
		return v.buf[:v.end[0]]
	}
	return v.buf[v.end[i-1]:v.end[i]]
}

func (v *values) guid(e *event, p *process) {
	v.buf = e.appendGUID(v.buf, p)
	v.close()
}

func (v *values) dashes(n int) {
	for range n {
		v.str("-")
	}
}

// fill sets v to the fields of e, one for each name of its kind.
func (v *values) fill(e *event) {
	v.reset()
	switch e.kind {
	case create:
		v.subject(e)
		v.str(e.image)
		v.dashes(5)
		v.start(e)
	case connect:
		v.subject(e)
		v.str(e.image)
		v.str(e.user)
		v.connection(e)
	case terminate:
		v.subject(e)
		v.str(e.image)
		v.str(e.user)
	case fileCreate:
		v.subject(e)
		v.str(e.image)
		v.str(e.target)
		v.utcTime(e.utc)
		v.str(e.user)
	case fileDelete:
		v.subject(e)
		v.str(e.user)
		v.str(e.image)
		v.str(e.target)
		v.dashes(3)
	case rawRead:
		v.subject(e)
		v.str(e.image)
		v.str(e.target)
		v.str(e.user)
	case ptrace:
		v.trace(e)
	default:
		v.own(e)
	}
}

func (v *values) subject(e *event) {
	v.str(e.rule)
	v.utcTime(e.utc)
	v.guid(e, e.proc)
	v.num(uint64(e.proc.pid))
}

// start appends what only a process creation has, from CommandLine on.
func (v *values) start(e *event) {
	p := e.proc
	v.str(e.command)
	v.str(p.directory)
	v.str(e.user)
	v.buf = appendGUID(v.buf, e.host.machine, p.login, uint64(p.owner.uid)|uint64(p.terminal)<<32)
	v.close()
	v.num(uint64(p.owner.uid))
	v.num(uint64(p.session))
	v.str("no level")
	v.str(e.host.hashes(p.image))
	if p.orphan {
		v.str("{00000000-0000-0000-0000-000000000000}")
		v.num(uint64(e.parent.pid))
		v.dashes(3)
		return
	}
	v.guid(e, e.parent)
	v.num(uint64(e.parent.pid))
	v.str(e.parent.image.path)
	v.str(e.parent.asParent())
	v.str(e.parent.owner.name)
}

func (v *values) connection(e *event) {
	six, here := "false", e.host.address
	if e.link.six {
		six, here = "true", e.host.address6
	}
	v.str(e.link.protocol)
	v.str(strconv.FormatBool(!e.link.accepted))
	v.str(six)
	v.str(here)
	v.str("-")
	v.num(uint64(e.link.local))
	v.str("-")
	v.str(six)
	v.str(e.link.remote)
	v.str("-")
	v.num(uint64(e.link.port))
	v.str("-")
}

func (v *values) trace(e *event) {
	v.subject(e)
	v.num(uint64(e.proc.pid)) // the thread
	v.str(e.image)
	v.guid(e, e.parent)
	v.num(uint64(e.parent.pid))
	v.str(e.parent.image.path)
	v.str("0x10")
	v.str("-")
	v.str(e.user)
	v.str(e.parent.owner.name)
}

// own appends the events that Sysmon writes about itself.
func (v *values) own(e *event) {
	v.utcTime(e.utc)
	switch e.kind {
	case state:
		v.str("Started")
		v.str(e.host.build.version)
		v.str("4.81")
	case config:
		v.str("/opt/sysmon/config.xml")
		v.str("-")
	case failure:
		v.str("GetProcessInformation")
		v.str("process <" + strconv.FormatUint(uint64(e.proc.pid), 10) + "> is gone")
	}
}
