package detect_test

import (
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"spoor/engine"
	"spoor/engine/detect"
	"spoor/engine/input"
	"spoor/engine/rules"
)

// The records on which a finding rests are found in any file that can be read again, and counted beyond those that are told.
func TestEvidence(t *testing.T) {
	line := func(second int, record, process string) string {
		return fmt.Sprintf(`{"EventID":"1","Computer":"web1","UtcTime":"2024-05-06 10:00:0%d.000","EventRecordID":"%s","ProcessGuid":"{5f20aa10-e4f3-6638-15c5-0de31055000%s}","Image":"/bin/x"}`, second, record, process) + "\n"
	}
	text := line(1, "71", "1") + "a line of another program\n" + line(2, "72", "2") + line(3, "73", "3")
	folder := t.TempDir()
	plain, packed := filepath.Join(folder, "x.json"), filepath.Join(folder, "x.json.gz")
	if err := os.WriteFile(plain, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := os.Create(packed)
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(file)
	if _, err := z.Write([]byte(text)); err != nil || z.Close() != nil || file.Close() != nil {
		t.Fatal(err)
	}
	rule := filepath.Join(folder, "r.yml")
	if err := os.WriteFile(rule, []byte("title: r\nlanguage: spl\nquery: EventID=1 | stats count by Computer\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	pack := &rules.Library{}
	if errs := pack.Load(rule); len(errs) > 0 {
		t.Fatal(errs)
	}
	for _, c := range []struct{ path, want string }{
		{plain, "3 of which web1 71 {5f20aa10-e4f3-6638-15c5-0de310550001} line 1; web1 72 {5f20aa10-e4f3-6638-15c5-0de310550002} line 3; "},
		{packed, "3 of which web1 71 {5f20aa10-e4f3-6638-15c5-0de310550001} line 1; web1 72 {5f20aa10-e4f3-6638-15c5-0de310550002} line 3; "},
		{"-", "3 of which    line 1;    line 3; "},
	} {
		in := input.Inputs{{Path: "-", Size: -1, Stream: strings.NewReader(text)}}
		if c.path != "-" {
			in, _ = input.Resolve([]string{c.path}, nil)
		}
		report := detect.Run(t.Context(), pack.All(), detect.Options{Evidence: 2, Run: engine.RunOptions{Inputs: in}})
		got := ""
		for f := range report.Findings() {
			got += fmt.Sprintf("%d of which ", f.Evidence.Total)
			for i, r := range f.Evidence.Records {
				got += fmt.Sprintf("%s %s %s line %d; ", r.Host, r.RecordID, r.ProcessGUID, r.Line)
				if want := int64(i) * int64(len(line(1, "71", "1"))+len("a line of another program\n")); r.File != c.path || r.Offset != want {
					t.Errorf("%s at %d, not %s at %d", r.File, r.Offset, c.path, want)
				}
			}
		}
		if got != c.want {
			t.Errorf("%s: %s, not %s", c.path, got, c.want)
		}
	}
}
