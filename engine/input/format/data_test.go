package format

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"strings"
	"testing"
)

// read gives a test file, uncompressed.
func read(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err == nil && strings.HasSuffix(name, ".gz") {
		var r *gzip.Reader
		if r, err = gzip.NewReader(bytes.NewReader(b)); err == nil {
			b, err = io.ReadAll(r)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// lineRecords cuts a file into its lines.
func lineRecords(b []byte) [][]byte { return bytes.Split(bytes.TrimRight(b, "\n"), []byte("\n")) }

// eventRecords cuts pretty-printed XML into its events.
func eventRecords(b []byte) (records [][]byte) {
	for len(bytes.TrimSpace(b)) > 0 {
		n := bytes.Index(b, []byte("</Event>")) + len("</Event>")
		records = append(records, b[:n])
		b = b[n:]
	}
	return records
}

// got is a decoded record as plain data: fields that are set, with the values of a multivalue joined by |.
type got struct {
	outcome Outcome
	kind    string
	note    string
	meta    Meta
	fields  map[string]string
}

func plainly(outcome Outcome, r *Record) got {
	r.Time()
	r.Host()
	g := got{outcome: outcome, kind: r.Kind, note: r.Note, meta: r.Meta, fields: map[string]string{}}
	if outcome != Event && outcome != Salvaged {
		return g
	}
	for slot, name := range r.Names() {
		if c := r.Cell(slot); c.Set {
			all := string(c.Text)
			for _, more := range c.More {
				all += "|" + string(more)
			}
			g.fields[name] = all
		}
	}
	return g
}

// decodeAll reads records with one decoder, all fields.
func decodeAll(records [][]byte) (all []got) {
	w := &Wanted{All: true}
	d, r := New(w), NewRecord(w)
	for _, rec := range records {
		all = append(all, plainly(d.Decode(rec, r), r))
	}
	return all
}

func decodeOne(rec string) got { return decodeAll([][]byte{[]byte(rec)})[0] }
