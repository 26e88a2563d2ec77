package generate

import (
	"encoding/base64"
	"strconv"
	"strings"
)

// ecs renders an event as Elastic Defend would have seen it. Ends carry no command line and file and network events no
// parent but its id, so that one detection sees the same in all forms.
type ecs struct{}

func newECS(Config) renderer { return ecs{} }

// An action is what the Elastic Common Schema calls a kind of event.
type action struct{ category, kind, action string }

var actions = map[*kind]action{
	create: {"process", "start", "exec"}, terminate: {"process", "end", "end"}, connect: {"network", "start", "connection_attempted"},
	fileCreate: {"file", "creation", "creation"}, fileDelete: {"file", "deletion", "deletion"}, rawRead: {"file", "access", "raw_access"},
	ptrace: {"process", "change", "ptrace"}, state: {"configuration", "change", "log"}, config: {"configuration", "change", "log"},
	failure: {"host", "error", "log"},
}

func (x ecs) render(dst []byte, e *event) []byte {
	dst = x.envelope(dst, e)
	switch e.kind {
	case create:
		dst = x.exec(dst, e)
	case connect:
		dst = x.network(x.process(dst, e), e)
	case fileCreate, fileDelete, rawRead:
		dst = x.file(x.process(dst, e), e)
	default:
		dst = x.process(dst, e)
	}
	return append(dst, "}\n"...)
}

// envelope appends what all documents have: time, event, host, agent and user.
func (x ecs) envelope(dst []byte, e *event) []byte {
	a := actions[e.kind]
	if e.kind == connect && e.link.accepted {
		a.action = "connection_accepted"
	}
	dst = x.time(append(dst, `{"@timestamp":`...), e.moment())
	dst = x.text(dst, `,"agent":{"type":"endpoint","version":"8.15.3","id":`, e.host.agent)
	dst = x.text(dst, `},"ecs":{"version":"8.10.0"},"data_stream":{"type":"logs","namespace":"default","dataset":`, "endpoint.events."+a.category)
	dst = x.text(dst, `},"event":{"kind":"event","module":"endpoint","dataset":`, "endpoint.events."+a.category)
	dst = append(append(append(dst, `,"category":["`...), a.category...), `"],"type":["`...)
	dst = append(append(append(dst, a.kind...), `"],"action":"`...), a.action...)
	dst = strconv.AppendUint(append(dst, `","sequence":`...), e.record, 10)
	dst = append(appendHex(append(appendHex(append(dst, `,"id":"`...), uint64(e.host.machine), 8), '-'), e.record, 12), `","created":`...)
	dst = x.time(dst, e.system/1000)
	dst = x.text(dst, `},"host":{"id":`, e.host.machineID)
	dst = x.text(dst, `,"name":`, e.host.name)
	dst = x.text(dst, `,"hostname":`, e.host.name)
	dst = x.text(dst, `,"architecture":"x86_64","ip":["127.0.0.1",`, e.host.address)
	dst = append(dst, `],"os":{"type":"linux","family":"ubuntu","name":"Linux","platform":"ubuntu","kernel":"5.15.0-105-generic","version":"22.04.4"}},"user":{`...)
	if uid := e.proc.owner.uid; e.user != "-" {
		dst = x.text(dst, `"id":`, strconv.FormatUint(uint64(uid), 10))
		dst = x.text(dst, `,"name":`, e.user)
	}
	return append(dst, '}')
}

func (x ecs) time(dst []byte, milli int64) []byte {
	dst = append(appendStamp(append(dst, '"'), milli/1000, 'T'), '.')
	return append(appendPad(dst, milli%1000, 3), `Z"`...)
}

// text appends a key, as it is, and a string.
func (x ecs) text(dst []byte, key, value string) []byte {
	return append(appendEscaped(append(append(dst, key...), '"'), jsonEscape, value), '"')
}

// open appends the process of an event, left open for its caller to add to and close.
func (x ecs) open(dst []byte, e *event) []byte {
	dst = strconv.AppendUint(append(dst, `,"process":{"pid":`...), uint64(e.proc.pid), 10)
	dst = append(appendEntity(append(dst, `,"entity_id":"`...), e.host, e.proc), '"')
	switch e.image {
	case "-", "(null)", nowhere.path:
		return dst
	}
	dst = x.text(dst, `,"executable":`, e.image)
	return x.text(dst, `,"name":`, e.image[strings.LastIndexByte(e.image, '/')+1:])
}

func (x ecs) process(dst []byte, e *event) []byte {
	dst = x.open(dst, e)
	if e.proc.parent != nil {
		dst = append(appendEntity(append(dst, `,"parent":{"entity_id":"`...), e.host, e.proc.parent), `"}`...)
	}
	return append(dst, '}')
}

func (x ecs) exec(dst []byte, e *event) []byte {
	dst = x.open(dst, e)
	if e.command != "-" {
		dst = appendCommand(append(dst, `,"command_line":"`...), jsonEscape, e)
		dst = x.arguments(append(dst, '"'), e.command)
	}
	dst = x.text(dst, `,"working_directory":`, e.proc.directory)
	dst = strconv.AppendBool(append(dst, `,"interactive":`...), e.proc.session != noSession)
	dst = x.time(append(dst, `,"start":`...), int64(e.proc.start)*1000)
	if e.host.build.hashes {
		dst = append(x.text(dst, `,"hash":{"sha256":`, e.proc.image.sha256[len("SHA256="):]), '}')
	}
	dst = x.parent(dst, e)
	dst = append(appendEntity(append(dst, `,"group_leader":{"entity_id":"`...), e.host, e.proc), `"}`...)
	dst = append(appendEntity(append(dst, `,"session_leader":{"entity_id":"`...), e.host, e.parent), `"}`...)
	return append(dst, '}')
}

// parent appends what the kernel always knows of a parent, and the rest unless the event does not know it.
func (x ecs) parent(dst []byte, e *event) []byte {
	p := e.parent
	dst = strconv.AppendUint(append(dst, `,"parent":{"pid":`...), uint64(p.pid), 10)
	if !e.proc.orphan {
		dst = append(appendEntity(append(dst, `,"entity_id":"`...), e.host, p), '"')
		dst = x.text(dst, `,"executable":`, p.image.path)
		dst = x.text(dst, `,"name":`, p.image.base)
		dst = x.text(dst, `,"command_line":`, p.asParent())
		dst = x.arguments(dst, p.asParent())
	}
	return append(dst, '}')
}

func (x ecs) arguments(dst []byte, command string) []byte {
	dst = append(dst, `,"args":[`...)
	n := 0
	for arg := range strings.SplitSeq(command, " ") {
		if n++; n > 1 {
			dst = append(dst, ',')
		}
		dst = x.text(dst, "", arg)
	}
	return strconv.AppendInt(append(dst, `],"args_count":`...), int64(n), 10)
}

func (x ecs) network(dst []byte, e *event) []byte {
	direction, family, address := "egress", "ipv4", e.host.address
	if e.link.accepted {
		direction = "ingress"
	}
	if e.link.six {
		address, family = e.host.address6, "ipv6"
	}
	dst = x.text(dst, `,"source":{"ip":`, address)
	dst = strconv.AppendUint(append(dst, `,"port":`...), uint64(e.link.local), 10)
	dst = x.text(dst, `},"destination":{"ip":`, e.link.remote)
	dst = strconv.AppendUint(append(dst, `,"port":`...), uint64(e.link.port), 10)
	dst = x.text(dst, `},"network":{"transport":`, e.link.protocol)
	dst = x.text(dst, `,"type":`, family)
	return append(x.text(dst, `,"direction":`, direction), '}')
}

func (x ecs) file(dst []byte, e *event) []byte {
	name := e.target[strings.LastIndexByte(e.target, '/')+1:]
	dst = x.text(dst, `,"file":{"path":`, e.target)
	dst = x.text(dst, `,"name":`, name)
	if dot := strings.LastIndexByte(name, '.'); dot > 0 {
		dst = x.text(dst, `,"extension":`, name[dot+1:])
	}
	return append(dst, '}')
}

// appendEntity appends the id that Elastic Defend gives a process: agent, process and start, in base64.
func appendEntity(dst []byte, h *host, p *process) []byte {
	var buf [80]byte
	id := append(append(buf[:0], p.home(h).agent...), '-')
	id = append(strconv.AppendUint(id, uint64(p.pid), 10), '-')
	id = strconv.AppendUint(id, uint64(p.start), 10)
	return base64.StdEncoding.AppendEncode(dst, id)
}
