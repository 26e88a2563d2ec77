package input

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"spoor/engine/column"
	"spoor/engine/input/format"
	"spoor/engine/input/frame"
)

// plainDecoder reads records of the tests: what holds "id=" is an event, its text up to a blank the record number, the whole its command.
type plainDecoder struct{}

func (plainDecoder) Head([]byte, *format.Record) int { return 0 }

func (plainDecoder) Decode(rec []byte, to *format.Record) format.Outcome {
	to.Reset(rec)
	set := func(name string, text []byte) {
		if slot := to.Slot([]byte(name)); slot >= 0 {
			to.Set(slot, text)
		}
	}
	if at := bytes.Index(rec, []byte("id=")); at >= 0 {
		fields := bytes.FieldsFunc(rec[at+3:], func(r rune) bool { return strings.ContainsRune(" \n\r<\"", r) })
		to.Kind = "sysmon/" + string(rec[at+3:min(at+4, len(rec))])
		if len(fields) > 0 {
			set("EventRecordID", fields[0])
		}
		set("CommandLine", rec)
		set("Computer", []byte("h1"))
		if at := bytes.Index(rec, []byte("utc=")); at >= 0 {
			set("UtcTime", bytes.ReplaceAll(rec[at+4:min(at+23, len(rec))], []byte("_"), []byte(" ")))
		}
		if at := bytes.Index(rec, []byte("sys=")); at >= 0 {
			set("SystemTime", rec[at+4:min(at+24, len(rec))])
		}
		if bytes.Contains(rec, []byte("<Event")) && !bytes.Contains(rec, []byte("</Event>")) {
			return format.Salvaged
		}
		return format.Event
	}
	switch {
	case len(bytes.TrimSpace(rec)) == 0:
		return format.Blank
	case bytes.Contains(rec, []byte("bad")):
		to.Note = "bad record"
		return format.Unreadable
	}
	return format.Other
}

func plainConfig(c Config) Config {
	c.decoder, c.hides = func(*format.Wanted) decoder { return plainDecoder{} }, []format.Hide{{Text: `\u`}, {Text: "&#"}}
	return c
}

// rowsOf runs a scan and returns its rows, by position, as text of the wanted fields.
func rowsOf(t testing.TB, s *Scan, workers int, fields ...string) []string {
	t.Helper()
	type found struct {
		position int64
		text     string
	}
	var mu sync.Mutex
	var all []found
	consumers := make([]Consumer, workers)
	for i := range consumers {
		last := map[string]int64{}
		consumers[i] = func(kind string, b *column.Batch) (bool, error) {
			mu.Lock()
			defer mu.Unlock()
			positions := b.Col(column.Position)
			for r := range b.Rows {
				text := kind
				for _, f := range fields {
					text += "|" + b.Col(f).Value(r).String()
				}
				p := positions.Value(r).Int()
				if before, ok := last[kind]; ok && before >= p {
					t.Errorf("position %d behind %d", p, before)
				}
				last[kind] = p
				all = append(all, found{p, text})
			}
			return false, nil
		}
	}
	if err := s.Run(context.Background(), consumers); err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(all, func(a, b found) int { return cmp.Compare(a.position, b.position) })
	out := make([]string, len(all))
	for i, f := range all {
		out[i] = f.text
	}
	return out
}

// log is a random log with all that makes framing hard.
func log(r *rand.Rand, records int) string {
	var b strings.Builder
	word := func() string { return []string{"restart", "RELOAD now", "stop", "&#114;", `\u0072`, "x"}[r.IntN(6)] }
	for i := range records {
		end := []string{"\n", "\n", "\r\n"}[r.IntN(3)]
		switch r.IntN(12) {
		case 0:
			fmt.Fprintf(&b, "<Event>\n  id=1%d\n %s\n</Event>%s", i, word(), end)
		case 1:
			fmt.Fprintf(&b, "Nov 24 h sysmon: <Event>id=2%d %s%s", i, word(), end)
		case 2:
			fmt.Fprintf(&b, "<Event>id=1%d</Event><Event>id=2%d %s</Event>%s", i, i, word(), end)
		case 3:
			fmt.Fprintf(&b, "Nov 24 h sshd: %s%s", word(), end)
		case 4:
			b.WriteString(end)
		case 5:
			fmt.Fprintf(&b, "<Event>id=1%d %s%s", i, word(), end)
		case 6:
			fmt.Fprintf(&b, `{"m":"<Event>id=3%d %s"}%s`, i, word(), end)
		case 7:
			fmt.Fprintf(&b, "<Event>id=1%d %s\n</Event> <Event>\nid=2%d</Event>%s", i, word(), i, end)
		case 8:
			fmt.Fprintf(&b, "bad\x00 %s%s", word(), end)
		default:
			fmt.Fprintf(&b, `{"id=1%d %s %s"}%s`, i, strings.Repeat("y", r.IntN(200)), word(), end)
		}
	}
	if r.IntN(2) == 0 {
		b.WriteString("id=9 without an end")
	}
	return b.String()
}

// reference is the rows of a log, read in one piece.
func reference(data string, needles []string) (out []string) {
	l, rec := frame.Lines{Data: []byte(data)}, format.NewRecord(&format.Wanted{})
	for {
		start, end, ok := l.Next()
		if !ok {
			return out
		}
		outcome := plainDecoder{}.Decode(l.Data[start:end], rec)
		if outcome != format.Event && (outcome != format.Salvaged || end == len(data)) {
			continue
		}
		for _, n := range append([]string{`\u`, "&#"}, needles...) {
			if needles == nil || strings.Contains(strings.ToLower(data[start:end]), n) {
				out = append(out, rec.Kind+"|"+data[start:end]+"|"+fmt.Sprint(start))
				break
			}
		}
	}
}

func TestScanAgainstReference(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	path := filepath.Join(t.TempDir(), "log")
	for round := range 60 {
		data := log(r, r.IntN(120))
		if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		for range 8 {
			demand := Demand{Fields: []string{"CommandLine", "_offset", column.Position}}
			if r.IntN(2) == 0 {
				demand.Needles = [][]string{{"restart"}, {"restart", "reload n"}, {"/reload", "top"}}[r.IntN(3)]
			}
			lower := slices.Clone(demand.Needles)
			for i := range lower {
				lower[i] = strings.TrimPrefix(lower[i], "/")
			}
			config := plainConfig(Config{Demand: demand, BlockSize: []int{64, 100, 777, 4096, 512 << 10}[r.IntN(5)],
				BatchRows: []int{1, 2, 1024}[r.IntN(3)], Full: r.IntN(3) == 0})
			if config.Full {
				lower = nil
			}
			inputs := Inputs{{Path: path, Size: int64(len(data))}}
			if r.IntN(4) == 0 {
				inputs = Inputs{{Path: "-", Size: -1, Stream: strings.NewReader(data)}}
			}
			s := New(inputs, config)
			got, want := rowsOf(t, s, 1+r.IntN(4), "CommandLine", "_offset"), reference(data, lower)
			if !slices.Equal(got, want) {
				t.Fatalf("round %d, %+v:\n got %q\nwant %q\nof %q", round, config, got, want, data)
			}
			whole, all := s.Ledger().Total, New(Inputs{{Path: path, Size: int64(len(data))}}, plainConfig(Config{Full: true}))
			if err := all.Run(t.Context(), []Consumer{func(string, *column.Batch) (bool, error) { return false, nil }}); err != nil {
				t.Fatal(err)
			}
			if want := all.Ledger().Total; whole.Bytes != int64(len(data)) || whole.Records != want.Records || want.PassedOver != 0 {
				t.Fatalf("%+v: read %d of %d bytes, %d records, want %d", config, whole.Bytes, len(data), whole.Records, want.Records)
			}
		}
	}
}

func TestManyInputsAtOnce(t *testing.T) {
	r, dir := rand.New(rand.NewPCG(7, 8)), t.TempDir()
	var want []string
	for i := range 12 {
		data := log(r, 300)
		for _, row := range reference(data, nil) {
			want = append(want, row+"|"+fmt.Sprint(i))
		}
		content := []byte(data)
		if i%2 == 0 {
			var z bytes.Buffer
			w := gzip.NewWriter(&z)
			w.Write(content[:len(content)/2])
			w.Close()
			w.Reset(&z) // two members
			w.Write(content[len(content)/2:])
			w.Close()
			content = z.Bytes()
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%02d", i)), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	inputs, problems := Resolve([]string{dir}, nil)
	if problems != nil {
		t.Fatal(problems)
	}
	for workers := 1; workers <= 4; workers++ {
		s := New(inputs, plainConfig(Config{Demand: Demand{Fields: []string{"CommandLine", "_offset", "_file", column.Position}}, BlockSize: 1000}))
		got := rowsOf(t, s, workers, "CommandLine", "_offset", "_file")
		for i, g := range got { // the file's number in place of its path
			cut := strings.LastIndexByte(g, '/')
			got[i] = g[:strings.LastIndexByte(g, '|')+1] + strings.TrimPrefix(g[cut+1:], "0")
			if strings.HasSuffix(got[i], "|") {
				got[i] += "0"
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%d workers: %d rows, want %d", workers, len(got), len(want))
		}
		if s.Bytes() != s.Total() {
			t.Errorf("%d workers: read %d of %d bytes", workers, s.Bytes(), s.Total())
		}
	}
}

func TestEarlyStop(t *testing.T) {
	data := strings.Repeat("id=1\n", 100_000)
	s := New(Inputs{{Path: "-", Size: -1, Stream: strings.NewReader(data)}}, plainConfig(Config{BlockSize: 1000}))
	batches := 0
	err := s.Run(t.Context(), []Consumer{func(string, *column.Batch) (bool, error) { batches++; return true, nil }})
	if err != nil || batches != 1 {
		t.Errorf("got %d batches, error %v", batches, err)
	}
	if s.Bytes() > 200_000 {
		t.Errorf("read %d bytes for one batch", s.Bytes())
	}
	want := fmt.Errorf("no more")
	s = New(Inputs{{Path: "-", Size: -1, Stream: strings.NewReader(data)}}, plainConfig(Config{}))
	if err := s.Run(t.Context(), []Consumer{func(string, *column.Batch) (bool, error) { return false, want }}); err != want {
		t.Errorf("got error %v", err)
	}
}

// stuck is a pipe into which nobody writes.
type stuck struct{}

func (stuck) Read([]byte) (int, error) { select {} }

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := New(Inputs{{Path: "-", Size: -1, Stream: stuck{}}}, plainConfig(Config{}))
	time.AfterFunc(20*time.Millisecond, cancel)
	if err := s.Run(ctx, make([]Consumer, 2)); err != context.Canceled {
		t.Errorf("got error %v", err)
	}
}
