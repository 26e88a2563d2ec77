package datamodels

import (
	"slices"

	"spoor/grammar/source"
)

// Source is a producer of events, such as Sysmon for Linux.
type Source struct {
	Name       string
	Doc        string
	Origin     source.Span
	Sourcetype string // what the events' field sourcetype says unless their envelope knows better
	Source     string // the same for the field source
	Open       bool   // events may have further raw fields than those declared
	Fields     []RawField
	Kinds      []*Kind // in the order of declaration
}

// Kind is a type of event of one source: what decides how its fields are mapped.
type Kind struct {
	Source *Source
	Name   string // sysmon/1
	Title  string // Process creation
	Doc    string
	Origin source.Span
	// Fields are the raw fields in the source's own order, those shared by all its kinds first. Unless Open, an event has no other.
	Fields []RawField
	Open   bool
	// Const are raw fields that have the same value in every event of the kind.
	Const map[string]string
	// Mappings are keyed by root dataset: "Endpoint.Processes". Every event of the kind is a row of each.
	Mappings map[string][]Assign
	// Starts and Ends are conditions, eval expressions over the raw fields: the event starts or ends a process. Zero: it never does.
	Starts, Ends source.Span
	// Asks are the fields of the dataset Events that an event takes from the start of its process where it has no value itself.
	Asks []string

	own    []RawField             // Fields without those of the source
	mapped map[string]source.Span // where the dataset of each mapping is named
	asIs   map[string]bool        // the datasets whose fields are the raw ones
	asked  []source.Span          // where each of Asks is named; nil if nothing is said of them
}

// RawField is a field of events under the source's own name.
type RawField struct {
	Name       string
	Type       string // string, number, double, boolean, time or ip
	Multivalue bool
}

// Assign gives a dataset's field its extracted value: an eval expression over the raw fields. It never sees another assignment.
type Assign struct {
	Field string
	At    source.Span // where Field is written
	Expr  source.Span
}

// Mapping is how events of the kind are mapped to the dataset or, for a child, to its root; ok is false if they are not.
func (k *Kind) Mapping(d *Dataset) (assigns []Assign, ok bool) {
	assigns, ok = k.Mappings[d.Root().String()]
	return assigns, ok
}

// AsIs says whether the dataset's fields are the event's raw fields, under the same names. Its mapping has no assignments then.
func (k *Kind) AsIs(d *Dataset) bool { return k.asIs[d.Root().String()] }

// Field is the raw field of the name, or nil.
func (k *Kind) Field(name string) *RawField {
	for i := range k.Fields {
		if k.Fields[i].Name == name {
			return &k.Fields[i]
		}
	}
	return nil
}

// compose puts the raw fields together: the source's, then the kind's own, each name once and with the kind's type, then the others of
// the datasets that the kind's fields are. Further texts need not be named where any field may be.
func (k *Kind) compose(datasets ...*Dataset) {
	k.Open = k.Source.Open
	k.Fields = nil
	at := map[string]int{}
	for _, f := range slices.Concat(k.Source.Fields, k.own) {
		if _, ok := at[f.Name]; !ok {
			at[f.Name] = len(k.Fields)
			k.Fields = append(k.Fields, f)
		}
		k.Fields[at[f.Name]] = f
	}
	for _, d := range datasets {
		for _, f := range d.Fields {
			t := rawType(f.Type)
			if _, ok := at[f.Name]; !ok && !(k.Open && t == "string") {
				k.Fields = append(k.Fields, RawField{f.Name, t, f.Multivalue})
			}
		}
	}
}

// rawType is the type of raw fields that have a dataset's type already.
func rawType(t string) string {
	switch t {
	case "keyword":
		return "string"
	case "long":
		return "number"
	case "date":
		return "time"
	}
	return t
}
