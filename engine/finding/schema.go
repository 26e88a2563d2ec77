package finding

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"time"
	"unicode/utf8"

	"spoor/engine/attack"
	"spoor/engine/column"
)

// SchemaVersion is of the objects that ndjson and json write. It grows when a field goes or changes its meaning, not when one is added.
const SchemaVersion = 1

// Field is a field of these objects, as the help describes it.
type Field struct{ Name, Doc string }

// Schema is the fields of these objects. Those that a finding lacks are left out.
func Schema() []Field {
	return []Field{
		{"schema_version", "1"},
		{"id", "the same whenever the rule finds the same in the same place"},
		{"history", "of a run with --state: fingerprint, status (new, update, again), seen (how many times it was told), since, late, suppressed"},
		{"first", "the first moment of what was found, in RFC 3339"},
		{"last", "the last moment"},
		{"severity", "informational, low, medium, high or critical"},
		{"risk_score", "0 to 100"},
		{"message", "one line for people"},
		{"unfilled", "tokens of the message for which the result has no field"},
		{"rule", "id, name, version, status, type, language, tags, references, file, sha256"},
		{"attack", "release, tactics and techniques with id and name, and revoked_by of a technique that the release no longer has"},
		{"entities", "hosts, users, and processes with host, id and name"},
		{"risk", "risk objects with object, type, field and score"},
		{"threats", "threat objects with object, type and field"},
		{"row", "the row of the result, under the names of its columns"},
		{"events", "instead of a row: the events of a sequence or sample"},
		{"evidence", "total, and of the first records: file, offset, line, time, host, record_id, process_guid"},
	}
}

// The shapes of the objects.
type (
	document struct {
		Schema    int            `json:"schema_version"`
		ID        string         `json:"id"`
		History   *documentPast  `json:"history,omitempty"`
		First     string         `json:"first,omitempty"`
		Last      string         `json:"last,omitempty"`
		Severity  string         `json:"severity,omitempty"`
		RiskScore float64        `json:"risk_score"`
		Message   string         `json:"message"`
		Unfilled  []string       `json:"unfilled,omitempty"`
		Rule      documentRule   `json:"rule"`
		Attack    documentMITRE  `json:"attack"`
		Entities  documentWhom   `json:"entities"`
		Risk      []documentRisk `json:"risk,omitempty"`
		Threats   []documentRisk `json:"threats,omitempty"`
		Row       *object        `json:"row,omitempty"`
		Events    []object       `json:"events,omitempty"`
		Evidence  documentProof  `json:"evidence"`
	}
	documentPast struct {
		Fingerprint string `json:"fingerprint"`
		Status      Status `json:"status"`
		Seen        int    `json:"seen"`
		Since       string `json:"since,omitempty"`
		Late        bool   `json:"late,omitempty"`
		Suppressed  int    `json:"suppressed,omitempty"`
	}
	documentRule struct {
		ID         string   `json:"id,omitempty"`
		Name       string   `json:"name"`
		Version    string   `json:"version,omitempty"`
		Status     string   `json:"status,omitempty"`
		Type       string   `json:"type,omitempty"`
		Language   string   `json:"language,omitempty"`
		Tags       []string `json:"tags,omitempty"`
		References []string `json:"references,omitempty"`
		File       string   `json:"file,omitempty"`
		SHA256     string   `json:"sha256,omitempty"`
	}
	documentMITRE struct {
		Release    string          `json:"release"`
		Tactics    []documentNamed `json:"tactics"`
		Techniques []documentNamed `json:"techniques"`
	}
	documentNamed struct {
		ID        string `json:"id"`
		Name      string `json:"name,omitempty"`
		RevokedBy string `json:"revoked_by,omitempty"`
	}
	documentWhom struct {
		Hosts     []string          `json:"hosts"`
		Users     []string          `json:"users"`
		Processes []documentProcess `json:"processes"`
	}
	documentProcess struct {
		Host string `json:"host,omitempty"`
		ID   string `json:"id,omitempty"`
		Name string `json:"name,omitempty"`
	}
	documentRisk struct {
		Object string   `json:"object"`
		Type   string   `json:"type"`
		Field  string   `json:"field,omitempty"`
		Score  *float64 `json:"score,omitempty"`
	}
	documentProof struct {
		Total   int64            `json:"total"`
		Records []documentRecord `json:"records"`
	}
	documentRecord struct {
		File        string `json:"file"`
		Offset      int64  `json:"offset"`
		Line        int64  `json:"line,omitempty"`
		Time        string `json:"time,omitempty"`
		Host        string `json:"host,omitempty"`
		RecordID    string `json:"record_id,omitempty"`
		ProcessGUID string `json:"process_guid,omitempty"`
	}
)

// document is the finding as JSON has it.
func (s *sink) document(f *Finding) document {
	r := f.Rule
	d := document{
		Schema: SchemaVersion, ID: f.ID, First: s.stamp(f.First), Last: s.stamp(f.Last), Severity: f.Severity, RiskScore: f.RiskScore,
		Message: f.Message, Unfilled: f.Unfilled,
		Rule: documentRule{
			ID: r.ID, Name: f.Name, Version: r.Version, Status: r.Status, Type: r.Type, Language: string(r.Language),
			Tags: r.Tags, References: r.References, File: r.File, SHA256: r.SHA256,
		},
		Attack:   documentMITRE{Release: attack.Release(), Tactics: []documentNamed{}, Techniques: []documentNamed{}},
		Entities: documentWhom{Hosts: listed(f.Entities.Hosts), Users: listed(f.Entities.Users), Processes: []documentProcess{}},
		Evidence: documentProof{Total: f.Evidence.Total, Records: []documentRecord{}},
	}
	if h := f.History; h != nil {
		d.History = &documentPast{h.Fingerprint, h.Status, h.Seen, s.stamp(h.Since), h.Late, h.Suppressed}
	}
	for _, t := range f.Tactics {
		d.Attack.Tactics = append(d.Attack.Tactics, documentNamed{ID: t.ID, Name: t.Name})
	}
	for _, t := range f.Techniques {
		d.Attack.Techniques = append(d.Attack.Techniques, documentNamed{t.ID, t.Name, t.RevokedBy})
	}
	for _, p := range f.Entities.Processes {
		d.Entities.Processes = append(d.Entities.Processes, documentProcess(p))
	}
	for _, x := range f.Risk {
		d.Risk = append(d.Risk, documentRisk{x.Object, x.Type, x.Field, &x.Score})
	}
	for _, x := range f.Threats {
		d.Threats = append(d.Threats, documentRisk{x.Object, x.Type, x.Field, nil})
	}
	for _, x := range f.Evidence.Records {
		d.Evidence.Records = append(d.Evidence.Records, documentRecord{x.File, x.Offset, x.Line, s.stamp(x.Time), x.Host, x.RecordID, x.ProcessGUID})
	}
	s.rows(&d, f)
	return d
}

func (s *sink) rows(d *document, f *Finding) {
	switch {
	case f.Sequence():
		for _, row := range f.Rows {
			d.Events = append(d.Events, object{row, s.Zone})
		}
	case len(f.Rows) == 1:
		d.Row = &object{f.Rows[0], s.Zone}
	}
}

// listed is a list that JSON writes as [] if it is empty.
func listed(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// stamp is a time as text: nothing if it is not known.
func (s *sink) stamp(ns int64) string {
	if ns == 0 {
		return ""
	}
	return column.FormatTime(ns, s.Zone)
}

// object is a row as JSON: its columns in their order, without those that are null.
type object struct {
	row  Row
	zone *time.Location
}

// MarshalJSON writes the row.
func (o object) MarshalJSON() ([]byte, error) {
	out := []byte{'{'}
	for i, name := range o.row.Names {
		v := o.row.Values[i]
		if v.IsNull() || column.Hidden(name) {
			continue
		}
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = appendValue(append(appendText(out, name), ':'), v, o.zone)
	}
	return append(out, '}'), nil
}

// appendValue writes a value as encoding/json does.
func appendValue(out []byte, v column.Value, zone *time.Location) []byte {
	switch v.Kind() {
	case column.Null:
		return append(out, "null"...)
	case column.Int:
		return strconv.AppendInt(out, v.Int(), 10)
	case column.Bool:
		return strconv.AppendBool(out, v.True())
	case column.Float:
		if f := v.Float(); !math.IsNaN(f) && !math.IsInf(f, 0) {
			return append(out, column.FormatFloat(f)...)
		}
	case column.List:
		out = append(out, '[')
		for i, item := range v.Items() {
			if i > 0 {
				out = append(out, ',')
			}
			out = appendValue(out, item, zone)
		}
		return append(out, ']')
	}
	return appendText(out, column.Format(v, zone))
}

// appendText is appendValue for a text. Most have nothing in them that JSON must escape.
func appendText(out []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= utf8.RuneSelf || c == '"' || c == '\\' {
			var b bytes.Buffer
			e := json.NewEncoder(&b)
			e.SetEscapeHTML(false)
			_ = e.Encode(s) // a text can always be written
			return append(out, bytes.TrimSuffix(b.Bytes(), []byte("\n"))...)
		}
	}
	return append(append(append(out, '"'), s...), '"')
}
