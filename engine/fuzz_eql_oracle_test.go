package engine_test

import (
	"cmp"
	"encoding/json"
	"fmt"
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
