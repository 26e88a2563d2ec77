package input

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"spoor/engine/column"
)

func zipped(t *testing.T, s string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, s); err != nil {
		t.Fatal(err)
	}
	w.Close()
	return b.Bytes()
}

func zstandard(t *testing.T, s string) []byte {
	t.Helper()
	e, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return e.EncodeAll([]byte(s), nil)
}

// bzipped is "id=1\nid=2\n" by bzip2.
const bzipped = "QlpoOTFBWSZTWc0qkjwAAARJAAAQMAIEICAAMMAEkwjcKYx4u5IpwoSGaVSR4A=="

func ids(t *testing.T, content []byte, workers int) ([]string, *Ledger) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	config := plainConfig(Config{Demand: Demand{Fields: []string{"EventRecordID", column.Position}}, BlockSize: 64})
	s := New(Inputs{{Path: path, Size: int64(len(content))}}, config)
	rows := rowsOf(t, s, workers, "EventRecordID")
	piped := New(Inputs{{Path: "-", Size: -1, Stream: bytes.NewReader(content)}}, config)
	if again := rowsOf(t, piped, workers, "EventRecordID"); !slices.Equal(rows, again) {
		t.Errorf("a pipe gives %q, the file %q", again, rows)
	}
	for i, r := range rows {
		rows[i] = r[strings.IndexByte(r, '|')+1:]
	}
	return rows, s.Ledger()
}

func TestContainers(t *testing.T) {
	long := strings.Repeat("id=1 "+strings.Repeat("x", 50)+"\n", 3000)
	bz, err := base64.StdEncoding.DecodeString(bzipped)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name    string
		content []byte
		rows    int
		failed  string
	}{
		{"plain", []byte("id=1\nid=2\n"), 2, ""},
		{"empty", nil, 0, ""},
		{"gzip", zipped(t, "id=1\nid=2\n"), 2, ""},
		{"gzip, two members in the middle of a line", append(zipped(t, "id=1\nid"), zipped(t, "=2\n")...), 2, ""},
		{"gzip, cut off", zipped(t, long)[:200], 0, "broken gzip: unexpected EOF"},
		{"gzip, garbage behind", append(zipped(t, "id=1\nid=2\n"), "garbage"...), 2, "broken gzip"},
		{"gzip, garbage in front", []byte("\x1f\x8b\x08garbage that is no header"), 0, "broken gzip"},
		{"gzip, empty member", zipped(t, ""), 0, ""},
		{"zstd", zstandard(t, long), 3000, ""},
		{"zstd, two frames", append(zstandard(t, "id=1\n"), zstandard(t, "id=2\n")...), 2, ""},
		{"zstd, cut off", zstandard(t, long)[:20], 0, "broken zstd"},
		{"bzip2", bz, 2, ""},
		{"text that begins as bzip2", []byte("BZh9 id=1\n"), 1, ""},
		{"xz", []byte("\xfd7zXZ\x00....."), 0, "is xz, which is not read"},
		{"zip", []byte("PK\x03\x04....."), 0, "is zip"},
		{"UTF-16", []byte("\xff\xfei\x00d\x00=\x001\x00"), 0, "is UTF-16 text"},
		{"UTF-16 without a mark", []byte("{\x00\"\x00i\x00d\x00"), 0, "is UTF-16 text"},
		{"gzip within gzip", zipped(t, string(zipped(t, "id=1\n"))), 0, "holds gzip within gzip"},
		{"byte order mark", []byte("\xef\xbb\xbfid=1\nid=2\n"), 2, ""},
	} {
		for _, workers := range []int{1, 3} {
			rows, l := ids(t, c.content, workers)
			failed := l.Files[0].Failed
			if c.failed == "broken gzip: unexpected EOF" || c.name == "zstd, cut off" {
				rows = rows[:0] // how many come out before the damage is the decompressor's business
			}
			if len(rows) != c.rows || (failed != "") != (c.failed != "") || !strings.Contains(failed, c.failed) {
				t.Errorf("%s: %d rows, failed %q, want %d and %q", c.name, len(rows), failed, c.rows, c.failed)
			}
			if errs := l.Errors(); (len(errs) > 0) != (failed != "") {
				t.Errorf("%s: got errors %v", c.name, errs)
			}
			if l.Files[0].Stored != int64(len(c.content)) && failed == "" {
				t.Errorf("%s: %d bytes read of %d", c.name, l.Files[0].Stored, len(c.content))
			}
		}
	}
}

func TestRowsBeforeDamageAreKept(t *testing.T) {
	var lines strings.Builder
	for i := range 50_000 {
		lines.WriteString("id=" + strings.Repeat(string(rune('a'+i%26)), 1+i*7919%40) + "\n")
	}
	whole := zipped(t, lines.String())
	rows, l := ids(t, whole[:len(whole)*3/4], 2)
	if len(rows) < 10_000 || len(rows) >= 50_000 || l.Files[0].Failed == "" || l.Total.Unfinished > 1 {
		t.Errorf("%d rows, failed %q, %d unfinished", len(rows), l.Files[0].Failed, l.Total.Unfinished)
	}
}

func TestDocumentFiles(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
		unfinished int64
	}{
		{"array", "[\n{\"id=1 \":1},\n{\n\"id=2 \":2}\n]\n", []string{"1", "2"}, 0},
		{"array on a line", `[{"id=1 ":1},{"id=2 ":2}]`, []string{"1", "2"}, 0},
		{"pretty", "{\n \"id=1 \": 1\n}\n{\n \"id=2 \": 2\n}\n", []string{"1", "2"}, 0},
		{"search result", `{"took":1,"hits":{"total":1,"hits":[{"id=1 ":1},{"id=2 ":2}]}}`, []string{"1", "2"}, 0},
		{"cut off", "[\n{\"id=1 \":1},\n{\"x\":", []string{"1"}, 1},
		{"server-sent events", "data: {\"id=1 \":1}\n\ndata: {\"id=2 \":2}\n\n", []string{"1", "2"}, 0},
		{"with a byte order mark", "\xef\xbb\xbf[{\"id=1 \":1}]", []string{"1"}, 0},
	} {
		rows, l := ids(t, []byte(c.text), 2)
		if !slices.Equal(rows, c.want) || l.Total.Unfinished != c.unfinished {
			t.Errorf("%s: got %q, %d unfinished, want %q, %d", c.name, rows, l.Total.Unfinished, c.want, c.unfinished)
		}
		if l.Total.Bytes != int64(len(c.text)) {
			t.Errorf("%s: %d bytes of %d", c.name, l.Total.Bytes, len(c.text))
		}
		found := New(Inputs{{Path: "-", Size: -1, Stream: strings.NewReader(c.text)}},
			plainConfig(Config{Demand: Demand{Fields: []string{"EventRecordID", column.Position}, Needles: []string{"ID=2"}}}))
		want := c.want[min(1, len(c.want)):]
		if rows := rowsOf(t, found, 1, "EventRecordID"); len(rows) != len(want) || found.Ledger().Total.Records != l.Total.Records {
			t.Errorf("%s, with a needle: got %q, want %q", c.name, rows, want)
		}
	}
}

func TestLongRecords(t *testing.T) {
	long := strings.Repeat("y", 300)
	for _, c := range []struct {
		name, text string
		want       []string
		unreadable int64
		lines      []int64
	}{
		{"a long line", "id=1\n" + long + "\nid=2\n", []string{"1", "2"}, 1, []int64{2}},
		{"a long last line", "id=1\n" + long, []string{"1"}, 1, []int64{2}},
		{"a long first line", long + "\nid=1\n", []string{"1"}, 1, []int64{1}},
		{"two long lines", "id=1\n" + long + "\n" + long + "\nid=2\n", []string{"1", "2"}, 2, []int64{2, 3}},
		{"a long event", "<Event>id=1 \n" + strings.Repeat("0123456789\n", 30) + "</Event>\nid=2\n", []string{"1", "2"}, 0, nil},
		{"a long element", "[{\"id=1 \":1},\n{\"" + long + "\":1},\n{\"id=2 \":2}]\n", []string{"1", "2"}, 1, []int64{2}},
		{"a long element without an end", "[{\"id=1 \":1},\n{\"" + long + "\n{\"id=2 \":2}]\n", []string{"1", "2"}, 1, []int64{2}},
		{"a long line within an event", "<Event>id=1 \n" + long + "\nid=2\n", []string{"1", "2"}, 1, []int64{2}},
	} {
		for _, size := range []int{16, 64, 150, 5000} {
			path := filepath.Join(t.TempDir(), "x")
			if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
			config := plainConfig(Config{Demand: Demand{Fields: []string{"EventRecordID", column.Position}}, BlockSize: size, limit: 200})
			for _, in := range []Input{{Path: path, Size: int64(len(c.text))}, {Path: "-", Size: -1, Stream: trickle{strings.NewReader(c.text)}}} {
				s := New(Inputs{in}, config)
				rows := rowsOf(t, s, 2, "EventRecordID")
				for i, r := range rows {
					rows[i] = r[strings.IndexByte(r, '|')+1:]
				}
				f := s.Ledger().Files[0]
				var lines []int64
				for _, p := range f.Places {
					lines = append(lines, p.Line)
				}
				if !slices.Equal(rows, c.want) || f.Unreadable != c.unreadable || !slices.Equal(lines, c.lines) || f.Bytes != int64(len(c.text)) {
					t.Errorf("%s in blocks of %d from %s: got %q, %d unreadable at %v, %d bytes; want %q, %d at %v, %d", c.name, size, in.Path,
						rows, f.Unreadable, lines, f.Bytes, c.want, c.unreadable, c.lines, len(c.text))
				}
			}
		}
	}
}

// trickle gives a byte at a time.
type trickle struct{ from io.Reader }

func (r trickle) Read(p []byte) (int, error) { return r.from.Read(p[:min(1, len(p))]) }
