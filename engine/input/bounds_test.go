package input

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"spoor/engine/column"
)

// TestBoundsOfAFileThatShrank holds that a file that is shorter than it was when it was looked at has failed.
func TestBoundsOfAFileThatShrank(t *testing.T) {
	for name, layout := range layouts {
		in := layout(t, []byte("id=1\nid=2\n"))()
		in.Bounds = &Range{5, 20}
		s := New(Inputs{in}, plainConfig(Config{Demand: Demand{Fields: []string{column.Position}}}))
		if err := s.Run(context.Background(), []Consumer{func(string, *column.Batch) (bool, error) { return false, nil }}); err != nil {
			t.Fatal(err)
		}
		if f := s.Ledger().Files[0].Failed; f != "shrank since it was looked at: 20 bytes, then 10" {
			t.Errorf("%s: %q", name, f)
		}
	}
}

// TestDocumentsWithAnIndex reads an array of which only some elements are in the window.
func TestDocumentsWithAnIndex(t *testing.T) {
	var text strings.Builder
	text.WriteString("[\n")
	for n := range 50 {
		text.WriteString(strings.TrimSuffix(flat(1, n, "", fmt.Sprintf("2025-03-03T06:%02d:00Z", n), `,"CommandLine":"`+strings.Repeat("x", 4000)+`"`), "\n") + ",\n")
	}
	text.WriteString(strings.TrimSuffix(flat(1, 99, "", "2025-03-03T07:00:00Z", ""), "\n") + "]\n")
	in := asFile(t, []byte(text.String()))()
	in.Index, _ = indexed(t, in, Config{BlockSize: 64})
	d := Demand{Fields: []string{"EventRecordID", column.Position}, Earliest: 1740981600e9 + 10*60e9, Latest: 1740981600e9 + 13*60e9}
	s := New(Inputs{in}, Config{Demand: d, BlockSize: 256})
	if rows := rowsOf(t, s, 2, "EventRecordID"); !slices.Equal(rows, []string{"sysmon/1|10", "sysmon/1|11", "sysmon/1|12"}) {
		t.Error(rows)
	}
	if n := s.Ledger().Total.OutOfWindow; n > 20 {
		t.Errorf("%d records were looked at in vain", n)
	}
}

// TestStill reads what is within the bounds from a copy, and from the file once that is gone.
func TestStill(t *testing.T) {
	still := filepath.Join(t.TempDir(), "still")
	if err := os.WriteFile(still, []byte("\x00\x00\x00\x00\x00id=7\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"sysmon/7|", "sysmon/2|"} {
		in := asFile(t, []byte("id=1\nid=2\nid=3\n"))()
		in.Bounds = &Range{5, 10}
		in.Still = func() (*os.File, error) { return os.Open(still) }
		s := New(Inputs{in}, plainConfig(Config{Demand: Demand{Fields: []string{"id"}}}))
		if rows := rowsOf(t, s, 2, "id"); !slices.Equal(rows, []string{want}) {
			t.Errorf("%q, want %s", rows, want)
		}
		os.Remove(still)
	}
}
