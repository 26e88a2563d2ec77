package input

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"spoor/engine/column"
)

// located runs a scan and returns its rows, each as the kind, the position and the record, in the order of their positions.
func located(t *testing.T, inputs Inputs, c Config, workers int) []string {
	t.Helper()
	c.Demand.Fields = []string{"_raw", "_file", "_offset", column.Position}
	return rowsOf(t, New(inputs, c), workers, "_file", "_offset", "_raw")
}

// offsets is where the rows begin, by the ordinal of their inputs.
func offsets(t *testing.T, inputs Inputs, rows []string) map[int][]int64 {
	t.Helper()
	out := map[int][]int64{}
	for _, row := range rows {
		parts := strings.SplitN(row, "|", 4)
		var offset int64
		if _, err := fmt.Sscan(parts[2], &offset); err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(inputs, func(in Input) bool { return in.Path == parts[1] })
		out[i] = append(out[i], offset)
	}
	return out
}

func firstDifference(got, want []string) string {
	i := 0
	for i < min(len(got), len(want)) && got[i] == want[i] {
		i++
	}
	return fmt.Sprintf("%d rows, want %d; row %d:\n got %q\nwant %q", len(got), len(want), i, got[i:min(i+2, len(got))], want[i:min(i+2, len(want))])
}

// logs writes one file of each layout and returns them as inputs.
func logs(t *testing.T, r *rand.Rand) Inputs {
	t.Helper()
	dir := t.TempDir()
	zip := func(s string) string {
		var z bytes.Buffer
		w := gzip.NewWriter(&z)
		w.Write([]byte(s))
		w.Close()
		return z.String()
	}
	var array, pretty, hits []string
	var xml, syslog strings.Builder
	for i := range 40 {
		event := strings.TrimSpace(flat(1+i%3, i, "2025-03-20 07:23:00.837", "", `,"CommandLine":"`+strings.Repeat("x", r.IntN(200))+`"`))
		array = append(array, event)
		var spread bytes.Buffer
		json.Indent(&spread, []byte(event), "", "  ")
		pretty = append(pretty, spread.String())
		hits = append(hits, `{"_index":"a","_source":`+event+`}`)
		one := fmt.Sprintf(`<Event><System><Provider Name="Linux-Sysmon"/><EventID>%d</EventID></System><EventData><Data Name="Image">%s</Data></EventData></Event>`,
			1+i%5, strings.Repeat("y", r.IntN(100)))
		xml.WriteString(strings.ReplaceAll(one, "><", ">\n  <") + "\n")
		fmt.Fprintf(&syslog, "Nov 24 08:30:01 h sysmon: %s%s\n", one, []string{"", " ", " <Event><System><EventID>5</EventID></System></Event>"}[r.IntN(3)])
		if r.IntN(3) == 0 {
			syslog.WriteString("Nov 24 08:30:01 h sshd: hello\n")
		}
	}
	mixed := syslog.String() + strings.Join(array, "\n") + "\n" + xml.String()
	for name, text := range map[string]string{
		"array.json": "[" + strings.Join(array, ",\n") + "]\n", "pretty.json": strings.Join(pretty, "\n"),
		"hits.json": `{"hits":{"hits":[` + strings.Join(hits, ",") + `]}}`, "lines.json": strings.Join(array, "\r\n"),
		"events.xml": xml.String(), "syslog": syslog.String(), "syslog.gz": zip(syslog.String()), "mixed.gz": zip(mixed),
		"mixed": mixed, "mark.json": "\ufeff" + strings.Join(array, "\n"), "mark.xml": "\ufeff" + xml.String(), "mark.gz": zip("\ufeff[" + strings.Join(array, ",")),
		"cut.xml": xml.String()[:xml.Len()-30], "empty": "",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	inputs, problems := Resolve([]string{dir}, nil)
	if problems != nil {
		t.Fatal(problems)
	}
	return inputs
}

func TestRecordsByOffset(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	inputs := logs(t, r)
	all := located(t, inputs, Config{}, 1)
	if len(all) < 400 {
		t.Fatalf("only %d events in all of the logs", len(all))
	}
	for round := range 60 {
		few := 1 + r.IntN(20)
		var want []string
		for _, row := range all {
			if r.IntN(few) == 0 {
				want = append(want, row)
			}
		}
		if few == 20 {
			want = want[:min(len(want), 1)]
		}
		// Neither the window, the needles, nor what is dropped twice matter for records that are asked for by name.
		c := Config{BlockSize: []int{64, 100, 777, 4096, 512 << 10}[round%5], BatchRows: []int{1, 1024}[r.IntN(2)], Unique: r.IntN(2) == 0,
			Demand: Demand{At: offsets(t, inputs, want), Earliest: 1, Latest: 2, Needles: []string{"nowhere"}}}
		if got := located(t, inputs, c, 1+r.IntN(3)); !slices.Equal(got, want) {
			t.Fatalf("round %d, blocks of %d: %s", round, c.BlockSize, firstDifference(got, want))
		}
	}
}

func TestRecordsByOffsetInRandomLogs(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	path := filepath.Join(t.TempDir(), "log")
	for round := range 150 {
		data := log(r, r.IntN(120))
		if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		inputs := Inputs{{Path: path, Size: int64(len(data))}}
		all := located(t, inputs, plainConfig(Config{}), 1)
		for range 5 {
			few := 1 + r.IntN(5)
			want := slices.DeleteFunc(slices.Clone(all), func(string) bool { return r.IntN(few) > 0 })
			c := plainConfig(Config{BlockSize: []int{64, 100, 777, 4096}[r.IntN(4)], Demand: Demand{At: offsets(t, inputs, want)}})
			from := inputs
			if r.IntN(3) == 0 {
				from = Inputs{{Path: path, Size: -1, Stream: strings.NewReader(data)}}
			}
			if got := located(t, from, c, 1+r.IntN(4)); !slices.Equal(got, want) {
				t.Fatalf("round %d, blocks of %d: %s\nof %q", round, c.BlockSize, firstDifference(got, want), data)
			}
		}
	}
}

// What is not asked for is not read.
func TestOnlyNearRecordsAreRead(t *testing.T) {
	line := flat(1, 7, "2025-03-20 07:23:00.837", "", "")
	in := text(t, strings.Repeat(line, 100_000))
	at := int64(len(line) * 70_000)
	s := New(append(in, Input{Path: "/nowhere", Size: 5}), Config{Demand: Demand{Fields: []string{"Image", column.Position}, At: map[int][]int64{0: {at}}}})
	if got := rowsOf(t, s, 2, "Image"); !slices.Equal(got, []string{"sysmon/1|/bin/sh"}) {
		t.Errorf("got %q", got)
	}
	if l := s.Ledger(); l.Total.Records != 1 || l.Total.Bytes > 10 || l.Files[1].Failed != "" {
		t.Errorf("%d records of %d bytes, then %q", l.Total.Records, l.Total.Bytes, l.Files[1].Failed)
	}
	if got := rowsOf(t, New(in, Config{Demand: Demand{Fields: []string{column.Position}, At: map[int][]int64{}}}), 1); len(got) != 0 {
		t.Errorf("no offsets gave %d rows", len(got))
	}
}

// Offsets that are no record's, as of a file that was written anew, do no harm.
func TestWrongOffsets(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 16))
	inputs := logs(t, r)
	for range 20 {
		at := map[int][]int64{}
		for i := range inputs {
			for range r.IntN(50) {
				at[i] = append(at[i], r.Int64N(20_000))
			}
			slices.Sort(at[i])
			at[i] = slices.Compact(at[i])
		}
		located(t, inputs, Config{BlockSize: 64 << r.IntN(8), Demand: Demand{At: at}}, 2)
	}
}
