package generate

import "strconv"

const (
	provider = "{ff032593-a8d3-4f13-b0d6-01fc615a0f97}"
	channel  = "Linux-Sysmon/Operational"
)

var kinds = []*kind{create, connect, state, terminate, rawRead, ptrace, fileCreate, config, fileDelete, failure}

// pieces are the constant parts of one kind of event in one form: what precedes the time, and what precedes each field.
type pieces struct {
	head   string
	before []string
}

// markup renders an event as Sysmon hands it to syslog.
type markup struct {
	pieces       map[*kind]pieces
	older, newer *escape
	values       values
}

func newXML(Config) renderer { return newMarkup(oldXML(), newerXML()) }

func newMarkup(older, newer *escape) *markup {
	x := &markup{pieces: map[*kind]pieces{}, older: older, newer: newer}
	for _, k := range kinds {
		id := strconv.Itoa(k.id)
		p := pieces{head: `<Event><System><Provider Name="Linux-Sysmon" Guid="` + provider + `"/><EventID>` + id + `</EventID><Version>` +
			k.version + `</Version><Level>` + k.level + `</Level><Task>` + id +
			`</Task><Opcode>0</Opcode><Keywords>0x8000000000000000</Keywords><TimeCreated SystemTime="`}
		for _, name := range k.names {
			p.before = append(p.before, `<Data Name="`+name+`">`)
		}
		x.pieces[k] = p
	}
	return x
}

func (x *markup) render(dst []byte, e *event) []byte { return append(x.event(dst, e), '\n') }

func (x *markup) event(dst []byte, e *event) []byte {
	p, esc := x.pieces[e.kind], x.newer
	if e.host.build.quotes {
		esc = x.older
	}
	dst = appendSystemTime(append(dst, p.head...), e.system)
	dst = strconv.AppendUint(append(dst, `"/><EventRecordID>`...), e.record, 10)
	dst = strconv.AppendUint(append(dst, `</EventRecordID><Correlation/><Execution ProcessID="`...), uint64(e.host.sysmon), 10)
	dst = strconv.AppendUint(append(dst, `" ThreadID="`...), uint64(e.host.sysmon), 10)
	dst = append(append(dst, `"/><Channel>`+channel+`</Channel><Computer>`...), e.host.name...)
	dst = append(dst, `</Computer><Security UserId="0"/></System><EventData>`...)
	x.values.fill(e)
	for i, before := range p.before {
		if i != e.skip {
			dst = append(esc.appendField(append(dst, before...), &x.values, i, e), `</Data>`...)
		}
	}
	return append(dst, `</EventData></Event>`...)
}

// syslog renders the line that a syslog daemon files.
type syslog struct {
	xml    *markup
	modern bool
}

func newSyslog(c Config) renderer {
	return &syslog{newMarkup(oldXML().octal(), newerXML().octal()), c.RFC3339}
}

func (s *syslog) render(dst []byte, e *event) []byte {
	dst = append(s.prefix(dst, e), "sysmon: "...)
	return append(s.xml.event(dst, e), '\n')
}

// prefix appends the stamp and the host.
func (s *syslog) prefix(dst []byte, e *event) []byte {
	if s.modern {
		dst = append(appendStamp(dst, e.system/1e6, 'T'), '.')
		dst = append(appendPad(dst, e.system%1e6, 6), "+00:00"...)
	} else {
		dst = appendBSD(dst, e.system)
	}
	return append(append(append(dst, ' '), e.host.name...), ' ')
}

// foreign appends a line of another program.
func (s *syslog) foreign(dst []byte, e *event, text string) []byte {
	return append(append(s.prefix(dst, e), text...), '\n')
}
