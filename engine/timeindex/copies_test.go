package timeindex_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"spoor/engine/input"
	"spoor/engine/timeindex"
)

// TestLostWhileSearched finds a file that was renamed since it was looked at, and says so when it was replaced.
func TestLostWhileSearched(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "log")
	if err := os.WriteFile(path, []byte(lines(0, 40)), 0o600); err != nil {
		t.Fatal(err)
	}
	members := look(t, openFolder(t, ""), dir, timeindex.Options{})
	if err := os.Rename(path, path+".1"); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(lines(40, 90)), 0o600); err != nil {
		t.Fatal(err)
	}
	if ids, _ := found(t, members, begin.UnixNano(), begin.Add(time.Hour).UnixNano()); len(ids) != 40 || ids[39] != 1 {
		t.Error(ids)
	}
	if err := os.Remove(path + ".1"); err != nil {
		t.Fatal(err)
	}
	s := input.New(input.Inputs{members[0].Input}, input.Config{Demand: input.Demand{Fields: []string{}, Earliest: begin.UnixNano(), Latest: begin.Add(time.Hour).UnixNano()}})
	if err := s.Run(t.Context(), []input.Consumer{nil}); err != nil {
		t.Fatal(err)
	}
	if f := s.Ledger().Files[0].Failed; f != "was replaced since it was looked at" {
		t.Errorf("%q", f)
	}
}

// TestArchiveThatIsBroken keeps what stands before the damage, and says that there is more.
func TestArchiveThatIsBroken(t *testing.T) {
	dir := t.TempDir()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(lines(0, 5000))); err != nil {
		t.Fatal(err)
	}
	w.Close()
	if err := os.WriteFile(filepath.Join(dir, "log.1.gz"), b.Bytes()[:b.Len()/2], 0o600); err != nil {
		t.Fatal(err)
	}
	m := look(t, openFolder(t, ""), dir, timeindex.Options{})[0]
	if m.Failed == nil || !strings.Contains(m.Failed.Error(), "broken gzip") {
		t.Error(m.Failed)
	}
	if ids, _ := found(t, []*timeindex.Member{m}, begin.UnixNano(), begin.Add(time.Hour).UnixNano()); len(ids) != 360 {
		t.Errorf("%d events of the hour", len(ids))
	}
}

// TestCopies reads the text of copies once, and that of logs that only begin alike in each of them.
func TestCopies(t *testing.T) {
	dir := t.TempDir()
	same := lines(0, 40)
	for n := range 100 {
		text := same + line(100+n, 1000+n)
		for _, name := range []string{"log", "copy"}[:1+n%2] {
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprint(name, n)), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	members := look(t, openFolder(t, ""), dir, timeindex.Options{})
	within := 0
	for _, m := range members {
		if m.Within != "" {
			within++
		}
	}
	if within != 50 || len(members) != 150 {
		t.Errorf("%d of %d are copies", within, len(members))
	}
	ids, _ := found(t, members, begin.UnixNano(), begin.Add(time.Hour).UnixNano())
	for n := range 100 {
		if ids[100+n] != 1 {
			t.Errorf("event %d is found %d times", 100+n, ids[100+n])
		}
	}
}
