package lookup

import (
	"fmt"
	"strings"
	"testing"
)

// million is a table of a million rows, as CSV.
func million() string {
	var b strings.Builder
	b.WriteString("key,owner,zone\n")
	for i := range 1_000_000 {
		fmt.Fprintf(&b, "host-%07d.example.com,team %d,%d\n", i, i%997, i%13)
	}
	return b.String()
}

func BenchmarkLoad(b *testing.B) {
	body := million()
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := readTable(strings.NewReader(body)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkIndex(b *testing.B) {
	table, err := readTable(strings.NewReader(million()))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		newMatcher(newDefinition("x"), table, []string{"key"}, nil)
	}
}

func BenchmarkFind(b *testing.B) {
	table, err := readTable(strings.NewReader(million()))
	if err != nil {
		b.Fatal(err)
	}
	m := newMatcher(newDefinition("x"), table, []string{"key"}, nil)
	values, rows := make([]string, 1), make([]uint32, 0, 4)
	keys := make([]string, 4096)
	for i := range keys {
		keys[i] = fmt.Sprintf("host-%07d.example.com", i*251)
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		values[0] = keys[i&4095]
		rows = m.Find(values, 0, rows[:0])
		i++
	}
}

// BenchmarkFirsts looks for batches of keys in any order: short ones, which lie in the index, and long ones, which do not.
func BenchmarkFirsts(b *testing.B) {
	for _, c := range []struct{ name, form string }{{"short", "host%d"}, {"long", "host-%07d.example.com"}} {
		var body strings.Builder
		body.WriteString("key\n")
		for i := range 1_000_000 {
			fmt.Fprintf(&body, c.form+"\n", i)
		}
		table, err := readTable(strings.NewReader(body.String()))
		if err != nil {
			b.Fatal(err)
		}
		m := newMatcher(newDefinition("x"), table, []string{"key"}, nil)
		keys := make([]string, 1<<16)
		for i := range keys {
			keys[i] = fmt.Sprintf(c.form, i*7919%1_000_003)
		}
		b.Run(c.name, func(b *testing.B) {
			firsts := make([]uint32, 1024)
			for at := 0; b.Loop(); at = (at + len(firsts)) % len(keys) {
				m.Firsts([][]string{keys[at : at+len(firsts)]}, firsts)
			}
		})
	}
}
