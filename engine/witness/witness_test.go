package witness

import (
	"fmt"
	"strings"
	"testing"
)

// tally counts what was asked.
type tally struct {
	rules, fired, mutations, still, implied int
	skipped                                 map[string]string
}

func (c *tally) log(t *testing.T) {
	t.Helper()
	t.Logf("%d of %d rules fired; %d mutations asked, %d conditions that follow from others, %d mutations in which other records match",
		c.fired, c.rules, c.mutations, c.implied, c.still)
}

// TestWitnesses makes events of Elastic Defend for every rule.
func TestWitnesses(t *testing.T) {
	c := &tally{}
	for _, r := range rules(t) {
		t.Run(r.name, func(t *testing.T) {
			c.rules++
			a := newAsker(t, r)
			for _, full := range []bool{false, true} {
				s, without := newScene(r, ecs, full, false)
				if s == nil {
					t.Fatalf("no events found for item %d", without)
				}
				c.check(t, a, s)
			}
			c.fired++
		})
	}
	c.log(t)
}

// check asks for a scene and for all its mutations.
func (c *tally) check(t *testing.T, a *asker, s *scene) {
	t.Helper()
	records := s.records()
	want := answer(s.rule, s.form, records)
	if len(want) == 0 {
		t.Fatalf("the events made do not satisfy the rule:\n%s", lines(s.form, records))
	}
	c.compare(t, a, s.form, "", records, want)
	list, implied := s.mutations()
	c.implied += len(implied)
	for _, m := range list {
		c.mutations++
		records := m.scene.records()
		want := answer(s.rule, s.form, records)
		if m.fires != (len(want) > 0) {
			if m.fires {
				t.Errorf("%s: the events made do not satisfy the rule:\n%s", m.what, lines(s.form, records))
			}
			c.still++
		}
		c.compare(t, a, s.form, m.what, records, want)
	}
}

// compare asks for records in all ways, and reports answers that are not what is wanted.
func (c *tally) compare(t *testing.T, a *asker, f *form, what string, records []*record, want [][]int) {
	t.Helper()
	a.write(t, f, records)
	for _, w := range ways {
		if got := describe(a.ask(t, w)); got != describe(want) {
			t.Errorf("%s %s: found %q, want %q in\n%s", w.name, what, got, describe(want), lines(f, records))
		}
	}
}

func lines(f *form, records []*record) string {
	var b strings.Builder
	for _, r := range records {
		fmt.Fprintf(&b, "%d: %s", r.id, f.line(r))
	}
	return b.String()
}
