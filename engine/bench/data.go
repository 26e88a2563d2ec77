package bench

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Data is the logs that are searched, and what workloads must know.
type Data struct {
	Name           string
	Paths          []string
	Sequence       string   // a file with a query of EQL
	Pack, Rules    string   // folders of rules; Rules may be empty
	Bytes, Records int64    // of what is in compressed files too
	Flat           string   // the one file there is, if other tools can read it: a JSON object per line with the fields side by side
	IDField, ID    string   // of a process
	names          []string // of the rules of Rules
}

// Look fills what must be known of the logs, by a first search of them.
func (b *Bench) Look(ctx context.Context, d *Data) error {
	ledger := filepath.Join(b.Folder, "ledger")
	args := append([]string{"search", "-q", "-o", "ndjson", "--ledger", ledger, newest}, d.Paths...)
	m, err := b.run(ctx, b.spoor(args))
	if err != nil {
		return err
	}
	if m.failed != "" {
		return fmt.Errorf("%s cannot be searched: %s", d.Name, m.failed)
	}
	var total struct {
		Total struct{ Bytes, Records int64 }
	}
	if err := readJSON(ledger, &total); err != nil {
		return err
	}
	if d.Bytes, d.Records = total.Total.Bytes, total.Total.Records; d.Records == 0 {
		return fmt.Errorf("%s cannot be searched: %s", d.Name, cmp.Or(m.note, "there are no records"))
	}
	var row map[string]*string
	if err := readJSON(b.answerFile(), &row); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	for field, value := range row {
		if value != nil {
			d.IDField, d.ID = field, *value
		}
	}
	d.Flat = flat(d.Paths)
	if d.Rules == "" {
		return nil
	}
	return b.list(ctx, d)
}

// readJSON reads the first value in a file.
func readJSON(file string, to any) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	return json.NewDecoder(f).Decode(to)
}

// flat is the path of a single plain file whose first record is a JSON object with the fields of a Sysmon event.
func flat(paths []string) string {
	if len(paths) != 1 {
		return ""
	}
	f, err := os.Open(paths[0])
	if err != nil {
		return ""
	}
	defer f.Close()
	head := make([]byte, 16<<10)
	n, _ := io.ReadFull(f, head)
	line, _, _ := bytes.Cut(head[:n], []byte{'\n'})
	var event struct{ EventID, UtcTime string }
	if json.Unmarshal(line, &event) != nil || event.EventID == "" || event.UtcTime == "" {
		return ""
	}
	return paths[0]
}

// Can says whether a workload can be asked of the logs at all.
func (d *Data) Can(w Workload) bool {
	switch w.Name {
	case "process":
		return d.ID != ""
	case "rules":
		return d.Rules != ""
	}
	return w.args(d) != nil
}
