package survey

import "spoor/engine/column"

// Section is a part of what a survey says: rows with the same columns, the first of which, what, names the section.
type Section struct {
	Name    string // as in the column what
	Title   string // above a table
	Doc     string
	Columns []Column
	rows    func(*Survey, func(...column.Value) bool)
}

// Column is a column of a section.
type Column struct {
	Name, Doc string
	Detail    bool // a table shows it only if it may be wide
	Span      bool // seconds, which a table shows as people write them
}

// Listed is how many gaps, restarts and silences of a host have rows, the largest first.
const Listed = 10

// Sections is all sections, in their order.
func Sections() []Section {
	first, last := Column{Name: "first", Doc: "time of the first event"}, Column{Name: "last", Doc: "time of the last event"}
	before, after := Column{Name: "first", Doc: "time of the last record before it"}, Column{Name: "last", Doc: "time of the first record after it"}
	host, events := Column{Name: "host", Doc: "name of the host"}, Column{Name: "events", Doc: "number of events"}
	return []Section{
		{"total", "", "All of the input.", []Column{
			{Name: "files", Doc: "number of files"}, {Name: "bytes", Doc: "bytes of text, when unpacked"}, {Name: "records", Doc: "number of records, events or not"}, events, {Name: "hosts", Doc: "number of hosts"}, first, last,
		}, (*Survey).total},
		{"host", "Hosts", "A host.", []Column{
			host, events, first, last, {Name: "kinds", Doc: "number of kinds of events", Detail: true},
			{Name: "first_record", Doc: "lowest EventRecordID", Detail: true}, {Name: "last_record", Doc: "highest EventRecordID", Detail: true}, {Name: "missing", Doc: "numbers of records that are missing between others"},
			{Name: "gaps", Doc: "in how many pieces", Detail: true}, {Name: "restarts", Doc: "how often the numbers of records began again"}, {Name: "scattered", Doc: "true if so many are missing that gaps say nothing", Detail: true},
			{Name: "silences", Doc: "times without any event that are longer than --silence", Detail: true}, {Name: "silence", Doc: "seconds of the longest", Span: true},
			{Name: "drift", Doc: "median of UtcTime less SystemTime, in seconds: below 0 if UtcTime is behind", Span: true}, {Name: "machines", Doc: "machine ids: the first eight digits of /etc/machine-id, or another host.id", Detail: true},
		}, (*Survey).hosts},
		{"gap", "Missing records", "Numbers of records that are missing.", []Column{
			host, {Name: "missing", Doc: "how many"}, {Name: "first_record", Doc: "the first that is missing"}, {Name: "last_record", Doc: "the last that is missing"}, before, after,
		}, (*Survey).gaps},
		{"restart", "Record numbers that began again", "Where numbers of records began again: the log was made anew, or the clock set.", []Column{
			host, {Name: "last_record", Doc: "number of the record before"}, {Name: "first_record", Doc: "number of the record after"}, before, after,
		}, (*Survey).restarts},
		{"silence", "Silence", "A time without any event of the host.", []Column{host, {Name: "silence", Doc: "how many seconds", Span: true}, {Name: "first", Doc: "the last event before it"}, {Name: "last", Doc: "the first event after it"}}, (*Survey).silences},
		{"unfilled", "Fields never filled", "Fields that events of a kind have, but always without a value: empty, -, (null) or a GUID of zeros.", []Column{
			{Name: "kind", Doc: "kind of the events"}, events, {Name: "fields", Doc: "names of the fields"},
		}, (*Survey).unfilled},
		{"machine", "Machines with several names", "A machine id that several hosts have: renamed, cloned, or an image.", []Column{{Name: "machine", Doc: "the machine id"}, {Name: "hosts", Doc: "names of the hosts"}}, (*Survey).machines},
		{"format", "Formats", "Events by the format of their records.", []Column{{Name: "format", Doc: "name, as in spoor formats"}, events}, (*Survey).formats},
		{"kind", "Events by kind", "The events of one kind of a host.", []Column{host, {Name: "kind", Doc: "kind of the events: sysmon/1 is Sysmon's EventID 1"}, events, first, last}, (*Survey).kinds},
	}
}
