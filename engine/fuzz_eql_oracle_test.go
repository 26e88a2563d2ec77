package engine_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"spoor/engine"
)

// TestEQLReadings compares answers with a second reading of what queries of a simple kind mean, over the documents of which logs were made.
func TestEQLReadings(t *testing.T) { askMany(t, *cases/5, readEQL) }

func FuzzEQLReadings(f *testing.F) { fuzz(f, readEQL) }

// simpleLeaf compares a field with texts: ==, !=, in or :.
type simpleLeaf struct {
	field, op string
	values    []string
}

// simpleTerm is an event of a query.
type simpleTerm struct {
	category             string
	leaves               []simpleLeaf // none: true
	either, not, missing bool
	keys                 []string
	runs                 int
}

// simpleQuery is an event query if it has neither a form.
type simpleQuery struct {
	form    string // sequence, sample or none
	maxSpan time.Duration
	terms   []simpleTerm
	until   *simpleTerm
}

// reader is a made-up log, and what the query's second reading makes of it.
type reader struct {
	madeUpEQL
	query simpleQuery
}

func readEQL(t *testing.T, dir string, choices []byte) bool {
	t.Helper()
	d := &dice{left: choices, plain: true}
	r := reader{madeUpEQL: madeUpEQL{dir: dir, programs: map[string]*engine.Program{}}}
	r.options.Language = engine.EQL
	r.options.Now = time.Date(2024, 5, 6, 11, 0, 0, 0, time.UTC)
	if d.oneIn(6) {
		r.options.Earliest, r.options.Latest = "2024-05-06T10:00:00", d.pick([]string{"2024-05-06T10:00:10", "2024-05-06T10:10:00"})
	}
	r.options.EQL.NoProcessTable = d.oneIn(6)
	r.at = point{rewrites: d.oneIn(2), prefilter: d.oneIn(2), workers: 1 + d.roll(4), batchRows: 1 + d.roll(7), blockSize: []int{64, 512, 4096}[d.roll(3)], pipe: d.oneIn(2)}
	r.query = d.simpleQuery()
	log := d.eqlLog()
	found, wrong := r.compare(t, log)
	for i := 0; wrong != "" && i < len(log.records); { // say it with fewer events
		fewer := madeUpLog{records: slices.Delete(slices.Clone(log.records), i, i+1), docs: slices.Delete(slices.Clone(log.docs), i, i+1)}
		if _, still := r.compare(t, fewer); still != "" {
			log, wrong = fewer, still
		} else {
			i++
		}
	}
	if wrong != "" {
		t.Errorf("%s\nwith %+v of %s to %s in\n%s\n%s", r.query.String(), r.options.EQL, r.options.Earliest, r.options.Latest, strings.Join(log.records, ""), wrong)
	}
	return found
}

// compare says whether something is to be found, and in what the answer differs from the second reading.
func (r *reader) compare(t *testing.T, log madeUpLog) (found bool, wrong string) {
	want := r.read(log.docs)
	file := []string{r.file(t, "events.log", log.records)}
	for _, at := range []point{fastest, plainest, r.at} {
		a := r.run(t, r.query.String(), file, at)
		if got := r.ids(t, a.rows); a.errors != "" || !slices.Equal(got, want) {
			return true, fmt.Sprintf("%s:\n%s%s\nfinds %v\nwant  %v", at, a.rows, a.errors, got, want)
		}
	}
	return len(want) > 0, ""
}

// ids is the events of an answer by their numbers, those of a sequence joined by commas; the sequences that end with one event are sorted.
func (r *reader) ids(t *testing.T, rows string) []string {
	t.Helper()
	var out []string
	last := 0
	for line := range strings.Lines(rows) {
		var row struct {
			ID       string      `json:"event.id"`
			Number   json.Number `json:"event.sequence"`
			Sequence int         `json:"_sequence"`
		}
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		id := cmp.Or(row.ID, row.Number.String(), "-")
		if row.Sequence > 0 && row.Sequence == last {
			out[len(out)-1] += "," + id
			continue
		}
		last = row.Sequence
		out = append(out, id)
	}
	if r.query.form == "sample" {
		slices.Sort(out)
	}
	return byLast(out)
}

// byLast sorts sequences that end with one event.
func byLast(list []string) []string {
	end := func(s string) string {
		s = strings.TrimRight(s, ",-")
		return s[strings.LastIndex(s, ",")+1:]
	}
	for i := 0; i < len(list); {
		j := i + 1
		for j < len(list) && end(list[j]) == end(list[i]) {
			j++
		}
		slices.Sort(list[i:j])
		i = j
	}
	return list
}

func (l *simpleLeaf) String() string {
	quoted := make([]string, len(l.values))
	for i, v := range l.values {
		quoted[i] = strconv.Quote(v)
	}
	if len(quoted) == 1 && l.op != "in" {
		return l.field + " " + l.op + " " + quoted[0]
	}
	return l.field + " " + l.op + " (" + strings.Join(quoted, ", ") + ")"
}

func (s *simpleTerm) where() string {
	var all []string
	for _, l := range s.leaves {
		all = append(all, l.String())
	}
	cond := strings.Join(all, map[bool]string{false: " and ", true: " or "}[s.either])
	if cond == "" {
		cond = "true"
	}
	if s.not {
		cond = "not (" + cond + ")"
	}
	return s.category + " where " + cond
}

func (s *simpleTerm) String() string {
	text := "[" + s.where() + "]"
	if s.missing {
		text = "!" + text
	}
	if len(s.keys) > 0 {
		text += " by " + strings.Join(s.keys, ", ")
	}
	if s.runs > 1 {
		text += fmt.Sprint(" with runs=", s.runs)
	}
	return text
}

func (q *simpleQuery) String() string {
	if q.form == "" {
		return q.terms[0].where()
	}
	text := q.form
	if q.maxSpan > 0 {
		text += fmt.Sprintf(" with maxspan=%dms", q.maxSpan.Milliseconds())
	}
	for _, s := range q.terms {
		text += " " + s.String()
	}
	if q.until != nil {
		text += " until " + q.until.String()
	}
	return text
}

var simpleFields = []eqlField{
	{"process.name", 'k', eqlNames}, {"process.executable", 'k', eqlImages}, {"process.command_line", 'k', eqlLines}, {"process.parent.name", 'k', eqlNames}, {"process.parent.executable", 'k', eqlImages},
	{"process.parent.command_line", 'k', eqlLines}, {"process.args", 'k', []string{"perl", "-e", "perl -e", "sh", "5"}}, {"user.name", 'k', eqlUsers}, {"user.id", 'k', []string{"0", "1000"}}, {"host.id", 'k', eqlHosts},
	{"event.action", 'k', []string{"exec", "end", "connection_attempted", "creation", "fork", "deletion"}}, {"event.type", 'k', []string{"start", "end", "creation"}}, {"process.entity_id", 'k', eqlEntities},
	{"process.parent.entity_id", 'k', eqlEntities}, {"network.transport", 'k', []string{"tcp", "udp"}}, {"file.path", 'k', eqlFiles}, {"file.name", 'k', []string{"job", ".x", "a.TXT"}},
}

func (d *dice) simpleLeaf() simpleLeaf {
	q := question{dice: d, fields: simpleFields}
	f := simpleFields[d.roll(len(simpleFields))]
	l := simpleLeaf{field: f.name, op: d.pick([]string{"==", "==", ":", ":", "!=", "in"}), values: []string{d.pick(f.values)}}
	switch l.op {
	case ":":
		l.values = []string{q.pattern(f)}
		if d.oneIn(2) {
			l.values = append(l.values, q.pattern(f))
		}
	case "in":
		l.values = append(l.values, d.pick(f.values))
	}
	return l
}

func (d *dice) simpleTerm(leaves int) simpleTerm {
	s := simpleTerm{category: d.pick([]string{"process", "process", "network", "file", "any"}), either: d.oneIn(2), runs: 1}
	for range leaves {
		s.leaves = append(s.leaves, d.simpleLeaf())
	}
	s.not = leaves > 0 && d.oneIn(4)
	return s
}

func (d *dice) simpleQuery() simpleQuery {
	form := d.pick([]string{"", "", "sequence", "sequence", "sequence", "sample"})
	if form == "" {
		return simpleQuery{terms: []simpleTerm{d.simpleTerm(1 + d.roll(3))}}
	}
	q := simpleQuery{form: form}
	sequence := form == "sequence"
	if sequence && d.oneIn(2) {
		q.maxSpan = []time.Duration{time.Millisecond, time.Second, 5 * time.Second, time.Minute, time.Hour}[d.roll(5)]
	}
	keys, hunt := d.roll(3), sequence && d.oneIn(2)
	if !sequence || hunt {
		keys = max(keys, 1)
	}
	shared := d.pick([]string{"host.id", "user.name", "process.entity_id", "?process.parent.entity_id", "?user.name", "event.action", "process.args"})
	own := [][2]string{{"process.entity_id", "process.parent.entity_id"}, {"process.parent.entity_id", "process.entity_id"}, {"process.pid", "process.parent.pid"}, {"process.name", "process.parent.name"}, {"host.id", "host.id"}}[max(0, d.roll(7)-2)]
	term := func(i int) simpleTerm {
		s := d.simpleTerm(d.roll(3))
		if keys > 0 {
			s.keys = append(s.keys, own[min(i, 1)])
		}
		if keys > 1 {
			s.keys = append(s.keys, shared)
		}
		return s
	}
	positive := 0
	for i := range 1 + d.roll(3) {
		s := term(i)
		if sequence && q.maxSpan > 0 && d.oneIn(4) {
			s.missing = true
		} else if positive++; sequence && d.oneIn(6) {
			s.runs = 2 + d.roll(2)
			positive += s.runs - 1
		}
		q.terms = append(q.terms, s)
	}
	for ; positive < 2; positive++ {
		q.terms = append(q.terms, term(len(q.terms)))
	}
	if hunt {
		q.hunt(d)
	}
	if sequence && d.oneIn(4) {
		u := term(d.roll(2))
		q.until = &u
	}
	return q
}

// hunt makes one term rare and easy to find, and the others frequent.
func (q *simpleQuery) hunt(d *dice) {
	rare := max(0, d.roll(len(q.terms)+1)-1)
	for i := range q.terms {
		s := &q.terms[i]
		if s.leaves, s.not = nil, false; i != rare || s.missing {
			s.category = d.pick([]string{"network", "file", "any"})
			continue
		}
		f := simpleFields[d.roll(3)]
		if s.category == "file" && d.oneIn(2) {
			f = eqlField{"file.path", 'k', eqlFiles}
		}
		s.leaves = []simpleLeaf{{field: f.name, op: d.pick([]string{"==", ":"}), values: []string{d.pick(f.values)}}}
	}
}

// folded is a text without case: ASCII among itself, and the rest among itself.
func folded(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x80 {
			return unicode.ToLower(r)
		}
		least := r
		for x := unicode.SimpleFold(r); x != r; x = unicode.SimpleFold(x) {
			if x >= 0x80 {
				least = min(least, x)
			}
		}
		return least
	}, s)
}

func globs(pattern, s []rune) bool {
	if len(pattern) == 0 {
		return len(s) == 0
	}
	if pattern[0] == '*' {
		return globs(pattern[1:], s) || len(s) > 0 && globs(pattern, s[1:])
	}
	return len(s) > 0 && (pattern[0] == '?' || pattern[0] == s[0]) && globs(pattern[1:], s[1:])
}

// is says whether one value satisfies a leaf without its negation.
func (l *simpleLeaf) is(v string) bool {
	for _, want := range l.values {
		if l.op == ":" && globs([]rune(folded(want)), []rune(folded(v))) || l.op != ":" && v == want {
			return true
		}
	}
	return false
}

// holds says whether a document satisfies a leaf that stands under a not, or does not. A command line has any run of its words as an
// argument, but under not only single ones.
func (l *simpleLeaf) holds(doc *document, not bool) bool {
	values := doc.fields[l.field]
	not = not != (l.op == "!=")
	if line, ok := doc.lines[l.field]; ok && !not && values != nil {
		words := strings.Split(line, " ")
		values = nil
		for i := range words {
			for j := i + 1; j <= len(words); j++ {
				values = append(values, strings.Join(words[i:j], " "))
			}
		}
	}
	return slices.ContainsFunc(values, l.is) != (l.op == "!=")
}

func (s *simpleTerm) holds(doc *document) bool {
	if s.category != "any" && !slices.Contains(doc.fields["event.category"], s.category) {
		return false
	}
	result := !s.either || len(s.leaves) == 0
	for _, l := range s.leaves {
		if yes := l.holds(doc, s.not); s.either {
			result = result || yes
		} else {
			result = result && yes
		}
	}
	return result != s.not
}

// keysOf is every combination of the values of a document's keys.
func (s *simpleTerm) keysOf(doc *document) []string {
	all := []string{""}
	for _, k := range s.keys {
		name, optional := strings.CutPrefix(k, "?")
		values := doc.fields[name]
		if values == nil && optional {
			values = []string{"\x00null"}
		}
		var longer []string
		for _, prefix := range all {
			for _, v := range values {
				longer = append(longer, prefix+"\x01"+v)
			}
		}
		all = longer
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// read is what the query finds: numbers of events, or of those of sequences.
func (r *reader) read(docs []document) []string {
	docs = slices.Clone(docs)
	if !r.options.EQL.NoProcessTable {
		docs = filled(docs)
	}
	from, to := r.options.Earliest, r.options.Latest
	docs = slices.DeleteFunc(docs, func(d document) bool {
		at := d.at.Format("2006-01-02T15:04:05.999")
		return from != "" && at < from || to != "" && at >= to
	})
	tie := func(d *document) int {
		if v := d.fields["event.sequence"]; v != nil && r.query.form != "sample" {
			n, _ := strconv.Atoi(v[0])
			return n
		}
		return 1 << 30
	}
	slices.SortFunc(docs, func(a, b document) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(tie(&a), tie(&b)), cmp.Compare(a.pos, b.pos))
	})
	switch r.query.form {
	case "sequence":
		return byLast(r.query.sequences(docs))
	case "sample":
		return r.query.samples(docs)
	}
	var out []string
	for i := range docs {
		if r.query.terms[0].holds(&docs[i]) {
			out = append(out, fmt.Sprint(docs[i].n))
		}
	}
	return out
}

// What the start of a process tells of its other events.
var (
	asksOfElastic = strings.Fields("process.args process.args_count process.command_line process.interactive process.parent.args process.parent.args_count process.parent.command_line process.parent.entity_id" +
		" process.parent.executable process.parent.interactive process.parent.name process.parent.pid process.parent.working_directory process.working_directory")
	asksOfSysmon = strings.Fields("process.args process.args_count process.command_line process.entity_id process.parent.args process.parent.args_count process.parent.command_line process.parent.entity_id" +
		" process.parent.executable process.parent.name process.parent.pid process.parent.user.name process.working_directory")
)

func (d *document) starts() bool {
	return d.kind == "1" || d.kind == "ecs" && d.is("event.category", "process") &&
		(d.is("event.type", "start") || d.is("event.action", "fork") || d.is("event.action", "exec"))
}

func (d *document) ends() bool {
	return d.kind == "5" || d.kind == "ecs" && d.is("event.category", "process") && d.is("event.type", "end")
}

func (d *document) is(field, value string) bool { return slices.Contains(d.fields[field], value) }

// filled is the documents with what the starts of their processes say.
func filled(docs []document) []document {
	order := slices.Clone(docs)
	slices.SortFunc(order, func(a, b document) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.pos, b.pos)) })
	out := slices.Clone(docs)
	for i := range out {
		d := &out[i]
		asks := asksOfSysmon
		if d.kind == "ecs" {
			asks = asksOfElastic
		}
		if d.kind == "1" || d.kind == "ecs" && d.is("event.category", "process") {
			continue
		}
		start := startOf(d, order)
		if start == nil {
			continue
		}
		d.fields, d.lines = maps.Clone(d.fields), maps.Clone(d.lines)
		for _, name := range asks {
			if v := start.fields[name]; v != nil && d.fields[name] == nil {
				d.fields[name] = v
				if line, ok := start.lines[name]; ok {
					d.lines[name] = line
				}
			}
		}
	}
	return out
}

// startOf is the start of a document's process: by its entity id, the last one that is not later, or else the first; and by the process
// id, where a GUID says that Sysmon knew no better, only the last one that is not later, unless it ended a minute ago.
func startOf(d *document, order []document) *document {
	name := "process.entity_id"
	if d.fields[name] == nil {
		if name = "process.pid"; d.kind == "ecs" {
			return nil
		}
	}
	same := func(x *document) bool {
		return x.fields["host.id"] != nil && d.fields[name] != nil && x.fields[name] != nil && x.fields["host.id"][0] == d.fields["host.id"][0] && x.fields[name][0] == d.fields[name][0]
	}
	if d.fields["host.id"] == nil {
		return nil
	}
	var first, last *document
	ended := false
	for i := range order {
		x := &order[i]
		if !same(x) {
			continue
		}
		if x.starts() {
			if first == nil {
				first = x
			}
			if !x.at.After(d.at) {
				last, ended = x, false
			}
		}
		if x.ends() && last != nil && last != x && x.at.Before(d.at.Add(-time.Minute)) {
			ended = true
		}
	}
	if name == "process.pid" && ended {
		return nil
	}
	if last == nil && name == "process.entity_id" {
		return first
	}
	return last
}
