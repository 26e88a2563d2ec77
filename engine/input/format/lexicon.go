package format

import "bytes"

// lexicon knows the keys of one place in a document: what each means there. It learns the order in which keys follow each other, so
// that reading the next one is mostly one comparison.
type lexicon struct {
	resolve func(key string) (name string, role role)
	entries map[string]*entry
	start   *entry
	to      *Record
}

// entry is one key as met in the input.
type entry struct {
	quoted []byte // as it stands in JSON, with its quotes
	lead   []byte // the same behind a comma and before a string: ,"key":"
	name   string // the field it is; empty if it is none
	role   role
	slot   int  // of the field; unknown until somebody asks
	prefix bool // somebody asks for a field of the name that stands here, or of this, a dot and more
	next   [2]*entry
	inner  *entry
	ecs    *ecsName // the same key as a name of ECS, once it was read as one
}

// below is where the members start of the object that is the entry's value.
func (e *entry) below() *entry {
	if e.inner == nil {
		e.inner = &entry{}
	}
	return e.inner
}

const (
	unasked   = -2
	maxLearnt = 4096
)

func newLexicon(resolve func(string) (string, role)) *lexicon {
	return &lexicon{resolve: resolve}
}

// forget makes the lexicon learn anew, for another record with other slots.
func (l *lexicon) forget(to *Record) {
	l.entries, l.start, l.to = make(map[string]*entry), &entry{}, to
}

// find is the entry of a key, given as it stands between its quotes.
func (l *lexicon) find(key []byte) *entry {
	if e, ok := l.entries[string(key)]; ok {
		return e
	}
	plain := string(key)
	if bytes.IndexByte(key, '\\') >= 0 {
		plain = string(unescape(make([]byte, len(key)), key))
	}
	lead := []byte(`,"` + string(key) + `":"`)
	e := &entry{lead: lead, quoted: lead[1 : len(lead)-2], slot: unasked}
	e.name, e.role = l.resolve(plain)
	if !l.to.wanted.All {
		l.slot(e)
		e.prefix = l.to.wanted.below(plain) || e.name != plain && l.to.Slot([]byte(plain)) >= 0
	}
	if len(l.entries) < maxLearnt && len(key) < 256 {
		l.entries[string(key)] = e
	}
	return e
}

// slot is the slot of an entry's field, or -1. Under Wanted.All a field gets its slot with its first value.
func (l *lexicon) slot(e *entry) int {
	if e.slot == unasked {
		e.slot = -1
		if e.name != "" {
			e.slot = l.to.Slot([]byte(e.name))
		}
	}
	return e.slot
}

// role is what a key or element means to a decoder, beyond being a field.
type role uint8

const (
	plain role = iota

	// In a document's top level and in Sysmon's own fields.
	eventID
	proof // a field that only Sysmon's events have
	provider
	channel
	guid
	computer
	ownTime // SystemTime
	utcTime
	eventUpper
	system
	eventData
	winlog
	data
	source
	fields
	index
	result
	rawText
	journal
	message
	azureText
	fullLog
	event
	eventOriginal
	category
	ecsPart
	host
	realtime
	stamp
	origin
	sourcetype
	identifier
	columns
	outputFields
	simpleName
	laurel
	stream
	appName
	logText
	agent
	auditName
	preview

	// In other places.
	named
	content
	attributes
	weak // counts only if nothing else gives the field
)

// judges says whether a value with the role decides what becomes of the event: it does so only if it is whole.
func (r role) judges() bool { return r == eventID || r == provider || r == channel }
