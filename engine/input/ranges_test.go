package input

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"spoor/engine/column"
	"spoor/engine/input/frame"
)

// parts is an index of every part that Times tells of.
type parts []Part

func (p parts) Ranges(earliest, latest int64) (out []Range) {
	for _, x := range p {
		if x.First <= x.Last && x.Last >= earliest && (x.First < latest || latest == End) {
			out = append(out, x.Range)
		}
	}
	return out
}

func indexed(t testing.TB, in Input, c Config) (out parts, to int64) {
	t.Helper()
	to, err := Times(t.Context(), in, 0, true, 2, c, func(p Part) error {
		out = append(out, p)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out, to
}

// layouts is a text as a file of lines, within a container, and as it comes through a pipe.
var layouts = map[string]func(t *testing.T, text []byte) func() Input{
	"file": asFile, "gzip": func(t *testing.T, text []byte) func() Input { return asFile(t, zipped(t, string(text))) },
	"members": func(t *testing.T, text []byte) func() Input { return asFile(t, inMembers(t, text, 300)) },
	"pipe": func(_ *testing.T, text []byte) func() Input {
		return func() Input { return Input{Path: "-", Size: -1, Stream: bytes.NewReader(text)} }
	},
}

func asFile(t *testing.T, stored []byte) func() Input {
	path := filepath.Join(t.TempDir(), "x.log")
	if err := os.WriteFile(path, stored, 0o600); err != nil {
		t.Fatal(err)
	}
	return func() Input { return Input{Path: path, Size: int64(len(stored))} }
}

// TestIndexChangesNoRow asks with an index of small blocks and without, in scans and in passes.
func TestIndexChangesNoRow(t *testing.T) {
	seed := rand.Uint64()
	r := rand.New(rand.NewPCG(seed, 0))
	left := int64(0)
	for name, layout := range layouts {
		for range 4 {
			file, err := os.ReadFile(mixed(t, r, 60))
			if err != nil {
				t.Fatal(err)
			}
			text := inEvents(r, file)
			open := layout(t, text)
			config := Config{BatchRows: 1 + r.IntN(20), BlockSize: 64 + r.IntN(2000), Full: r.IntN(4) == 0, Now: 1740990000e9}
			index, to := indexed(t, open(), Config{BlockSize: 64 + r.IntN(300), Now: config.Now})
			if to != int64(len(text)) {
				t.Fatalf("seed %d: %s of %d bytes is indexed up to %d", seed, name, len(text), to)
			}
			var demands []Demand
			var positions []int64
			for range 6 {
				d := anyDemand(r)
				if len(positions) > 0 && r.IntN(3) == 0 {
					d.At = map[int][]int64{0: {positions[r.IntN(len(positions))]}}
				}
				demands = append(demands, d)
				want, _ := asked(t, open(), config, d)
				in := open()
				in.Index = index
				have, l := asked(t, in, config, d)
				if positions == nil {
					positions = slices.Sorted(maps.Keys(want))
				}
				if left += l.Total.LeftOut; !maps.Equal(have, want) {
					t.Errorf("seed %d: %s, %+v:\n%s", seed, name, d, apart(have, want))
				}
				if whole := l.Total.Bytes + l.Total.LeftOut; d.At == nil && (whole < int64(len(text)) || whole > int64(len(text))+1000) {
					t.Errorf("seed %d: %s: of %d bytes %d were read and %d left out", seed, name, len(text), l.Total.Bytes, l.Total.LeftOut)
				}
			}
			inPass(t, open, config, index, demands)
		}
	}
	if left == 0 {
		t.Error("the index left out nothing")
	}
}

// inEvents puts events of several lines between lines.
func inEvents(r *rand.Rand, text []byte) []byte {
	var out []byte
	for line := range bytes.Lines(text) {
		if out = append(out, line...); r.IntN(4) == 0 {
			second := r.IntN(60)
			out = fmt.Appendf(out, "<Event><System><Provider Name=\"Linux-Sysmon\"/>\n<EventID>1</EventID>\n<TimeCreated SystemTime=\"2025-03-03T06:00:%02dZ\"/></System>\n<EventData>"+
				"<Data Name=\"Image\">/bin/nc</Data></EventData>\n</Event>%s", second, []string{"\n", " ", ""}[r.IntN(3)])
		}
	}
	return append(out, '\n')
}

// asked is the rows that a demand gets.
func asked(t *testing.T, in Input, c Config, d Demand) (map[int64]string, *Ledger) {
	t.Helper()
	g := &gathered{}
	c.Demand = d
	s := New(Inputs{in}, c)
	if err := s.Run(t.Context(), g.consumers(2)); err != nil {
		t.Fatal(err)
	}
	return g.holding(needlesOf(c, d)), s.Ledger()
}

func needlesOf(c Config, d Demand) []string {
	if c.Full || d.At != nil {
		return nil
	}
	return d.Needles
}

// inPass asks for all demands at once.
func inPass(t *testing.T, open func() Input, c Config, index Index, demands []Demand) {
	t.Helper()
	var rows [2][]*gathered
	for i := range rows {
		in := open()
		if i == 1 {
			in.Index = index
		}
		var shares []*Share
		for _, d := range demands {
			g := &gathered{}
			shares = append(shares, &Share{Demand: d, Consumers: g.consumers(2)})
			rows[i] = append(rows[i], g)
		}
		if err := NewPass(Inputs{in}, c, shares).Run(t.Context(), 2); err != nil {
			t.Fatal(err)
		}
	}
	for i, d := range demands {
		want, have := rows[0][i].holding(needlesOf(c, d)), rows[1][i].holding(needlesOf(c, d))
		if !maps.Equal(have, want) {
			t.Errorf("in a pass with %d others: %+v:\n%s", len(demands)-1, d, apart(have, want))
		}
	}
}

// begins is where the records of a text begin.
func begins(text string) (out []int64) {
	l := frame.Lines{Data: []byte(text)}
	for {
		start, _, ok := l.Next()
		if !ok {
			return append(out, int64(len(text)))
		}
		out = append(out, int64(start))
	}
}

// TestBounds reads the records of a log that begin from one to before another.
func TestBounds(t *testing.T) {
	seed := rand.Uint64()
	r := rand.New(rand.NewPCG(seed, 0))
	for name, layout := range layouts {
		for range 60 {
			text := log(r, 40)
			all := begins(text)
			from, to := r.IntN(len(all)), r.IntN(len(all))
			b := Range{all[min(from, to)], all[max(from, to)]}
			in := layout(t, []byte(text))()
			in.Bounds = &b
			var want []string
			for _, row := range reference(text, nil) {
				var at int64
				if _, err := fmt.Sscan(row[strings.LastIndexByte(row, '|')+1:], &at); err != nil {
					t.Fatal(err)
				}
				if at >= b.From && at < b.To {
					want = append(want, row)
				}
			}
			s := New(Inputs{in}, plainConfig(Config{BlockSize: 16 + r.IntN(300), Demand: Demand{Fields: []string{"CommandLine", "_offset", column.Position}}}))
			if have := rowsOf(t, s, 1+r.IntN(3), "CommandLine", "_offset"); !slices.Equal(have, want) {
				t.Fatalf("seed %d: %s, %v of %d bytes:\n%.100q\nwant\n%.100q\n%+v", seed, name, b, len(text), have, want, s.Ledger())
			}
			if l := s.Ledger(); l.Total.LeftOut != 0 || l.Files[0].Failed != "" {
				t.Errorf("seed %d: %s: %+v", seed, name, l.Files[0])
			}
		}
	}
}

// TestTimesOfAGrowingLog looks at a log time and again while it grows: where it stops, a record of the whole log begins, and no event is counted twice.
func TestTimesOfAGrowingLog(t *testing.T) {
	seed := rand.Uint64()
	r := rand.New(rand.NewPCG(seed, 0))
	path := filepath.Join(t.TempDir(), "x.log")
	for range 60 {
		text := log(r, 40)
		all := begins(text)
		at := int64(0)
		for grown := 0; grown < len(text); {
			grown = min(grown+r.IntN(300), len(text))
			if err := os.WriteFile(path, []byte(text[:grown]), 0o600); err != nil {
				t.Fatal(err)
			}
			next := at
			to, err := Times(t.Context(), Input{Path: path, Size: int64(grown)}, at, grown == len(text), 1+r.IntN(2), Config{BlockSize: 16 + r.IntN(300)}, func(p Part) error {
				if p.From != next || p.To <= p.From {
					t.Errorf("seed %d: a part from %d to %d behind one to %d", seed, p.From, p.To, next)
				}
				next = p.To
				return nil
			})
			if err != nil || next != to {
				t.Fatalf("seed %d: parts to %d, but %d: %v", seed, next, to, err)
			}
			if _, whole := slices.BinarySearch(all, to); !whole {
				t.Fatalf("seed %d: no record begins at %d, behind %q and before %q, when %d bytes were there, from %d", seed, to, text[max(0, to-60):to], text[to:min(int(to)+60, len(text))], grown, at)
			}
			at = to
		}
		if at != int64(len(text)) {
			t.Errorf("seed %d: %d of %d bytes", seed, at, len(text))
		}
	}
}

// TestTimes holds which times are found.
func TestTimes(t *testing.T) {
	const minute = int64(60e9)
	at := func(clock string) int64 {
		ns, ok := parseTime([]byte("2025-03-03 " + clock))
		if !ok {
			t.Fatal(clock)
		}
		return ns
	}
	for _, c := range []struct {
		name, text     string
		first, last    int64
		events         int64
		yearless, open bool
	}{
		{"both clocks count", flat(1, 1, "2025-03-03 06:00:00.000", "2025-03-03T06:00:30Z", ""), at("06:00:00"), at("06:00:30"), 1, false, false},
		{"a wrong clock does not", flat(1, 1, "2025-03-03 06:00:00.000", "2025-03-03T06:01:01Z", ""), at("06:01:01"), at("06:01:01"), 1, false, false},
		{"no time", flat(1, 1, "", "", ""), End, Beginning, 1, false, false},
		{"a line", "2025-03-03T07:00:00Z web1 sshd[1]: hello\n", at("07:00:00"), at("07:00:00"), 1, false, false},
		{"a line without a year", "Mar  3 07:00:00 web1 sshd[1]: hello\n", at("07:00:00"), at("07:00:00"), 1, true, false},
		{"nothing", "", 0, 0, 0, false, true},
		{"blank lines", "\n\n", End, Beginning, 0, false, false},
	} {
		parts, to := indexed(t, asFile(t, []byte(c.text))(), Config{Now: at("08:00:00") + 24*60*minute})
		if c.open {
			if len(parts) != 0 || to != 0 {
				t.Errorf("%s: %v up to %d", c.name, parts, to)
			}
			continue
		}
		want := Part{Range{0, int64(len(c.text))}, c.first, c.last, c.events, c.yearless}
		if len(parts) != 1 || parts[0] != want {
			t.Errorf("%s: %+v, want %+v", c.name, parts, want)
		}
	}
}
