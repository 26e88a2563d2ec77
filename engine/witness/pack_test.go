package witness

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"spoor/engine"
	"spoor/engine/column"
	"spoor/engine/input"
	"spoor/engine/plan"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

// exhibit is a rule of the pack of all published ones that compile, with the smallest records that satisfy it.
type exhibit struct {
	name    string
	program *engine.Program
	sysmon  []byte // records of Sysmon; nil if there are none that it finds
	other   []byte // if so, records of another source
	why     string // and if there are none of these either, why none could be made
	eql     bool
}

// everyProof is more records than any log here has.
const everyProof = 1 << 20

// pack is all exhibits, once they have been made.
var pack []*exhibit

func packOf(t *testing.T) []*exhibit {
	t.Helper()
	if pack == nil {
		pack = append(searchExhibits(t), ruleExhibits(t)...)
	}
	return pack
}

func searchExhibits(t *testing.T) (out []*exhibit) {
	t.Helper()
	searches, o := publishedSearches(t)
	o.Evidence = everyProof
	for _, s := range searches {
		p, errs := engine.Compile(source.New(s.name, s.text), o)
		if errs.Failed() {
			continue
		}
		m := &exhibit{name: s.name, program: p}
		w, why := witness(journeys(o.Models, p.Tree.(*ast.Pipeline)))
		switch {
		case w == nil:
			m.why = why
		case w.ofSysmon():
			m.sysmon = w.log
		default:
			m.other = w.log
		}
		out = append(out, m)
	}
	return out
}

// ofSysmon says whether all records of a journey are Sysmon's.
func (j *journey) ofSysmon() bool {
	for _, r := range j.roles {
		if kind := j.kinds[r.name]; kind == nil || !strings.HasPrefix(kind.Name, "sysmon/") {
			return false
		}
	}
	return true
}

func ruleExhibits(t *testing.T) (out []*exhibit) {
	t.Helper()
	at := 24 * time.Hour
	for i, r := range rules(t) {
		r.number = 100 * i
		p, errs := engine.Compile(r.text, engine.Options{Language: engine.EQL, Evidence: everyProof})
		if errs.Failed() {
			t.Fatal(errs)
		}
		m := &exhibit{name: r.name, program: p, eql: true}
		if f := []*form{sysmonJSON, sysmonXML}[i%2]; !m.stage(&m.sysmon, sysmonScene(r, f, false), at) {
			s, _ := newScene(r, ecs, false, false)
			if !m.stage(&m.other, s, at) {
				t.Errorf("no records are found for %s", r.name)
			}
		}
		at += r.maxSpan() + time.Hour
		out = append(out, m)
	}
	return out
}

// stage makes a log of a scene, so long after the start.
func (m *exhibit) stage(to *[]byte, s *scene, after time.Duration) bool {
	if s == nil {
		return false
	}
	for _, r := range s.records() {
		r.at += after
		*to = append(*to, s.form.line(r)...)
	}
	return true
}

// asked is what a pack found in a log.
type asked struct {
	rows   []int     // by exhibit
	proofs [][]int64 // by exhibit: where the records stand on which its rows rest
	census *engine.Census
}

// askPack asks them in one pass.
func askPack(t *testing.T, exhibits []*exhibit, log []byte) asked {
	t.Helper()
	file := filepath.Join(t.TempDir(), "log")
	if err := os.WriteFile(file, log, 0o600); err != nil {
		t.Fatal(err)
	}
	in, errs := input.Resolve([]string{file}, nil)
	if errs.Failed() {
		t.Fatal(errs)
	}
	var programs engine.Pack
	for _, m := range exhibits {
		programs = append(programs, m.program)
	}
	out := asked{rows: make([]int, len(exhibits)), proofs: make([][]int64, len(exhibits))}
	done := programs.Run(t.Context(), engine.RunOptions{Inputs: in, Census: true}, func(i int, r *engine.Result) error {
		for b, err := range r.Rows() {
			if err != nil {
				return err
			}
			out.rows[i] += b.Rows
			for row := range b.Rows {
				for _, at := range b.Col(plan.Proof).Value(row).Items() {
					if at.Int() >= 0 {
						_, offset := column.UnpackPosition(at.Int())
						out.proofs[i] = append(out.proofs[i], offset)
					}
				}
			}
		}
		return nil
	})
	for i, err := range done.Errors {
		if err != nil {
			t.Errorf("%s: %v", exhibits[i].name, err)
		}
	}
	out.census = done.Census
	return out
}

// within says whether a exhibit found something in a part of the log.
func (a asked) within(exhibit int, from, to int64) bool {
	return slices.ContainsFunc(a.proofs[exhibit], func(at int64) bool { return from <= at && at < to })
}

// TestPackOfWitnesses asks for all rules in one pass over the witnesses of all that Sysmon's events can satisfy: each finds its own. Where the
// others are in the way, as where rows are compared with the average of all, there is a log with none but its own.
func TestPackOfWitnesses(t *testing.T) {
	exhibits := packOf(t)
	var log []byte
	begin, end := make([]int64, len(exhibits)), make([]int64, len(exhibits))
	for i, m := range exhibits {
		begin[i] = int64(len(log))
		log = append(log, m.sysmon...)
		end[i] = int64(len(log))
	}
	together := askPack(t, exhibits, log)
	able, alone := 0, 0
	for i, m := range exhibits {
		if m.sysmon == nil {
			continue
		}
		able++
		if together.within(i, begin[i], end[i]) {
			continue
		}
		alone++
		if askPack(t, exhibits, m.sysmon).rows[i] == 0 {
			t.Errorf("%s finds, in a pack, nothing in\n%s", m.name, m.sysmon)
		}
	}
	t.Logf("%d rules, of which %d can be satisfied by events of Sysmon, %d of these only by their own", len(exhibits), able, alone)
	if able < 400 || 20*alone > able {
		t.Errorf("%d of %d rules can be satisfied, %d only alone", able, len(exhibits), alone)
	}
}
