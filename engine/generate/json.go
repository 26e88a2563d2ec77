package generate

import (
	"slices"
	"strconv"
)

// flat renders the fields of an event side by side, as key-value exports do: EventData's win over System's.
type flat struct {
	pieces map[*kind]pieces
	values values
}

func newFlat(Config) renderer {
	f := &flat{pieces: map[*kind]pieces{}}
	for _, k := range kinds {
		id := strconv.Itoa(k.id)
		p := pieces{head: `{"Name":"` + k.names[len(k.names)-1] + `","Guid":"` + provider + `","EventID":"` + id + `",`}
		if !slices.Contains(k.names, "Version") {
			p.head += `"Version":"` + k.version + `",`
		}
		p.head += `"Level":"` + k.level + `","Task":"` + id + `","Opcode":"0","Keywords":"0x8000000000000000","SystemTime":"`
		for _, name := range k.names {
			p.before = append(p.before, `","`+name+`":"`)
		}
		f.pieces[k] = p
	}
	return f
}

func (f *flat) render(dst []byte, e *event) []byte {
	p := f.pieces[e.kind]
	dst = appendSystemTime(append(dst, p.head...), e.system)
	dst = strconv.AppendUint(append(dst, `","EventRecordID":"`...), e.record, 10)
	dst = strconv.AppendUint(append(dst, `","ProcessID":"`...), uint64(e.host.sysmon), 10)
	dst = strconv.AppendUint(append(dst, `","ThreadID":"`...), uint64(e.host.sysmon), 10)
	dst = append(append(dst, `","Channel":"`+channel+`","Computer":"`...), e.host.name...)
	dst = append(dst, `","UserId":"0`...)
	f.values.fill(e)
	for i, before := range p.before {
		if i != e.skip {
			dst = jsonEscape.appendField(append(dst, before...), &f.values, i, e)
		}
	}
	return append(dst, "\"}\n"...)
}

// evtx renders an event nested as its XML is, in the way of evtx_dump.
type evtx struct {
	pieces map[*kind]pieces
	values values
}

func newEvtx(Config) renderer {
	x := &evtx{pieces: map[*kind]pieces{}}
	for _, k := range kinds {
		id := strconv.Itoa(k.id)
		p := pieces{head: `{"Event":{"#attributes":{"xmlns":"http://schemas.microsoft.com/win/2004/08/events/event"},"System":{"Provider":{"#attributes":{"Name":"Linux-Sysmon","Guid":"` +
			provider + `"}},"EventID":` + id + `,"Version":` + k.version + `,"Level":` + k.level + `,"Task":` + id +
			`,"Opcode":0,"Keywords":"0x8000000000000000","TimeCreated":{"#attributes":{"SystemTime":"`}
		for _, name := range k.names {
			p.before = append(p.before, `"`+name+`":"`)
		}
		x.pieces[k] = p
	}
	return x
}

func (x *evtx) render(dst []byte, e *event) []byte {
	p := x.pieces[e.kind]
	dst = appendSystemTime(append(dst, p.head...), e.system)
	dst = strconv.AppendUint(append(dst, `"}},"EventRecordID":`...), e.record, 10)
	dst = strconv.AppendUint(append(dst, `,"Correlation":null,"Execution":{"#attributes":{"ProcessID":`...), uint64(e.host.sysmon), 10)
	dst = strconv.AppendUint(append(dst, `,"ThreadID":`...), uint64(e.host.sysmon), 10)
	dst = append(append(dst, `}},"Channel":"`+channel+`","Computer":"`...), e.host.name...)
	dst = append(dst, `","Security":{"#attributes":{"UserId":"0"}}},"EventData":{`...)
	x.values.fill(e)
	first := true
	for i, before := range p.before {
		if i == e.skip {
			continue
		}
		if !first {
			dst = append(dst, ',')
		}
		first = false
		dst = append(jsonEscape.appendField(append(dst, before...), &x.values, i, e), '"')
	}
	return append(dst, "}}}\n"...)
}
