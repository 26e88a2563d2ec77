package engine_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"spoor/datamodels"
	"spoor/engine"
	"spoor/grammar/source"
)

// row is a row as a naive reading of a command sees it: the values of its fields as text. A field without values is not there.
type row map[string][]string

func (r row) one(name string) string {
	if len(r[name]) == 0 {
		return ""
	}
	return r[name][0]
}

// with is a copy of the row with a field set.
func (r row) with(name string, values ...string) row {
	out := row{}
	for n, v := range r {
		out[n] = v
	}
	delete(out, name)
	if len(values) > 0 {
		out[name] = values
	}
	return out
}

// String is the row with its fields by name.
func (r row) String() string {
	var names []string
	for n := range r {
		names = append(names, n)
	}
	slices.Sort(names)
	var b strings.Builder
	for _, n := range names {
		fmt.Fprintf(&b, "%s=%q ", n, r[n])
	}
	return b.String()
}

// chance makes tables and commands up.
type chance struct{ *rand.Rand }

func (c chance) of(from ...string) string { return from[c.IntN(len(from))] }

func (c chance) oneIn(n int) bool { return c.IntN(n) == 0 }

// table is up to twelve rows: k is a key that may have several values, g one that has one, n mostly a whole number, t seconds; all but t may
// be missing.
func (c chance) table() []row {
	out := make([]row, c.IntN(13))
	t := 1_000_000
	for i := range out {
		t -= c.IntN(8)
		r := row{"t": {strconv.Itoa(t)}}
		if !c.oneIn(6) {
			r["k"] = []string{c.of("a", "b", "A", "9", "10")}
			if c.oneIn(5) {
				r["k"] = append(r["k"], c.of("a", "b", "c"))
			}
		}
		if !c.oneIn(6) {
			r["g"] = []string{c.of("x", "y", "2")}
		}
		if !c.oneIn(6) {
			r["n"] = []string{c.number()}
		}
		if c.oneIn(8) {
			r["n"] = []string{c.number(), c.number()}
		}
		out[i] = r
	}
	return out
}

func (c chance) number() string {
	if c.oneIn(10) {
		return c.of("u", "V")
	}
	return strconv.Itoa(c.IntN(14) - 3)
}

// single is the rows without further values of a field.
func single(rows []row, names ...string) []row {
	out := slices.Clone(rows)
	for i := range out {
		for _, n := range names {
			if len(out[i][n]) > 1 {
				out[i] = out[i].with(n, out[i][n][0])
			}
		}
	}
	return out
}

// having is the rows that have all the fields.
func having(rows []row, names ...string) []row {
	return slices.DeleteFunc(slices.Clone(rows), func(r row) bool {
		return slices.ContainsFunc(names, func(n string) bool { return len(r[n]) == 0 })
	})
}

// made is a search that makes the rows.
func made(rows []row) string {
	objects := make([]map[string]any, len(rows))
	for i, r := range rows {
		objects[i] = map[string]any{}
		for n, v := range r {
			if objects[i][n] = v; len(v) == 1 {
				objects[i][n] = v[0]
			}
		}
	}
	text, err := json.Marshal(objects)
	if err != nil {
		panic(err)
	}
	return `| makeresults format=json data="` + strings.ReplaceAll(string(text), `"`, `\"`) + `" | table k g n t`
}

// read is the rows of an answer.
func read(rows string) (out []row) {
	for line := range strings.Lines(rows) {
		d := json.NewDecoder(strings.NewReader(line))
		d.UseNumber()
		var object map[string]any
		if err := d.Decode(&object); err != nil {
			panic(err)
		}
		r := row{}
		for n, v := range object {
			list, several := v.([]any)
			if !several {
				list = []any{v}
			}
			for _, x := range list {
				r[n] = append(r[n], fmt.Sprint(x))
			}
		}
		out = append(out, r)
	}
	return out
}

// naive is a command and what a plain reading of its description gives for some rows; loose: the order of the rows does not matter.
type naive struct {
	command string
	want    []row
	loose   bool
}

func printed(rows []row, loose bool) string {
	lines := make([]string, len(rows))
	for i, r := range rows {
		lines[i] = r.String()
	}
	if loose {
		slices.Sort(lines)
	}
	return strings.Join(lines, "\n")
}

// TestNaively compares commands over made-up tables with plain readings of what they do.
func TestNaively(t *testing.T) {
	o := engine.Options{Models: &datamodels.Library{}} // no events are read
	for name, make := range naiveCommands {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := chance{rand.New(rand.NewPCG(max(*seed, 1), 7))}
			for i := range *tables {
				rows, n := make(c, c.table())
				at := point{workers: 1, rewrites: c.oneIn(2), batchRows: []int{1, 3, 1024}[c.IntN(3)]}
				if c.oneIn(20) {
					at.memory = 1
				}
				got := quickly(t, made(rows)+" | "+n.command, o, at)
				if a, b := printed(read(got.rows), n.loose), printed(n.want, n.loose); a != b || got.errors != "" {
					t.Fatalf("case %d: %s\nof\n%s\ngave (%s)\n%s%s\nwant\n%s", i, n.command, printed(rows, false), at, a, got.errors, b)
				}
			}
		})
	}
}

// quickly is the answer without the plan.
func quickly(t *testing.T, text string, o engine.Options, at point) answer {
	t.Helper()
	o.NoRewrites = !at.rewrites
	p, errs := engine.Compile(source.New("query", text), o)
	if errs.Failed() {
		return answer{errors: errs.Error()}
	}
	return run(t, p, o, nil, at)
}

// compareTexts orders numbers by size, before other texts, which are in the order of their bytes.
func compareTexts(a, b string) int {
	x, errx := strconv.Atoi(a)
	y, erry := strconv.Atoi(b)
	switch {
	case errx == nil && erry == nil:
		return cmp.Compare(x, y)
	case errx == nil:
		return -1
	case erry == nil:
		return 1
	}
	return strings.Compare(a, b)
}
