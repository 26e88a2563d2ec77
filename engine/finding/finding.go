// Package finding holds what rules found: a finding with its message, its entities and the records that it rests on, the risk that it adds
// to them, and the formats in which findings are written. It neither runs rules nor decides what is found.
package finding

import (
	"crypto/sha256"
	"encoding/hex"
	"iter"
	"slices"
	"strconv"
	"time"

	"spoor/engine/attack"
	"spoor/engine/column"
	"spoor/engine/rules"
)

// Row is a row of a rule's result: its columns in their order. Values are the row's own (see column.Value.Clone).
type Row struct {
	Names  []string
	Values []column.Value
}

// RowOf is a row of a batch, without the columns of the engine's own and without some more, such as the number of a sequence.
func RowOf(b *column.Batch, i int, without ...string) Row {
	var r Row
	for slot, name := range b.Schema.Names {
		if !column.Hidden(name) && !slices.Contains(without, name) {
			r.Names = append(r.Names, name)
			r.Values = append(r.Values, b.Cols[slot].Value(i).Clone())
		}
	}
	return r
}

// Get is the value of a column, and whether there is such a column.
func (r Row) Get(name string) (column.Value, bool) {
	i := slices.Index(r.Names, name)
	if i < 0 {
		return column.Value{}, false
	}
	return r.Values[i], true
}

// Record is one record of a log that a finding rests on, and where it stands.
type Record struct {
	File        string // as it was named; - is the standard input
	Offset      int64  // in its decoded bytes
	Line        int64  // counted from 1; 0 if it is not known
	Time        int64  // of the event, in nanoseconds since 1970; 0 if it is not known
	Host        string
	RecordID    string // EventRecordID
	ProcessGUID string
	Identity    string // the same wherever the record stands: see column.Identity; empty if nobody asked
}

// Evidence is records that contributed to a finding: the first of them, and how many there are.
type Evidence struct {
	Records []Record
	Total   int64
}

// Finding is one result of a rule.
type Finding struct {
	ID         string   // the same whenever the rule finds the same
	History    *History // what earlier runs know of it; nil if nobody remembers them
	Rule       *rules.Rule
	Name       string // of the rule, or what its rule_name_override takes from the row
	Severity   string
	RiskScore  float64
	Tactics    []attack.Tactic
	Techniques []attack.Technique
	First      int64 // of what was found, in nanoseconds since 1970; 0 if the row tells no time
	Last       int64
	Message    string
	Unfilled   []string // tokens of the message for which there is no field
	Entities   Entities
	Risk       []Risk
	Threats    []Threat
	Rows       []Row // one; of a sequence or sample its events
	Evidence   Evidence
}

// Stream is findings as they come, ended by the first error.
type Stream = iter.Seq2[*Finding, error]

// New makes the finding of a result: of a row, or of the events of a sequence. Times without a zone are read in the zone; nil is UTC.
func New(rule *rules.Rule, rows []Row, evidence Evidence, zone *time.Location) *Finding {
	f := &Finding{Rule: rule, Name: rule.Name, Severity: rule.Severity, RiskScore: rule.RiskScore, Rows: rows, Evidence: evidence}
	f.override()
	f.Tactics, f.Techniques = rule.Attack()
	f.First, f.Last = when(rows, evidence, zone)
	f.Entities = entitiesOf(rule, rows, evidence)
	f.Risk, f.Threats = f.risk(), f.threats()
	f.Message, f.Unfilled = f.message()
	f.ID = f.identity()
	return f
}

// Sequence says whether the rows are the events of a sequence or sample.
func (f *Finding) Sequence() bool { return len(f.Rows) > 1 }

// identity hashes the rule, what it found and where: equal findings of one record are one, those of different records are not.
func (f *Finding) identity() string {
	var all []byte
	put := func(s string) { all = append(append(strconv.AppendInt(all, int64(len(s)), 10), ':'), s...) }
	put(f.Rule.ID)
	put(f.Rule.Name)
	for _, row := range f.Rows {
		put("row")
		for i, name := range row.Names {
			put(name)
			put(column.Format(row.Values[i], nil))
		}
	}
	for _, r := range f.Evidence.Records {
		put(r.File)
		put(strconv.FormatInt(r.Offset, 10))
	}
	sum := sha256.Sum256(all)
	return hex.EncodeToString(sum[:])
}

// values is all values of a field, of one row or of the events of a sequence, each once; and whether any row has the field at all.
func values(rows []Row, name string) (out []string, known bool) {
	var all distinct[string]
	for _, row := range rows {
		v, ok := row.Get(name)
		known = known || ok
		for _, item := range v.Items() {
			all.add(item.String())
		}
	}
	return all.list, known
}
