package engine_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"spoor/engine"
	"spoor/engine/generate"
	"spoor/engine/input"
	"spoor/engine/output"
	"spoor/engine/startindex"
	"spoor/engine/timeindex"
	"spoor/grammar/source"
)

// askers is rules that ask for starts of processes: by entity ids and by process ids, alone and in sequences.
var askers = []string{
	`network where process.parent.name != null`,
	`file where process.command_line : "* *"`,
	`sequence by host.id, process.entity_id with maxspan=10m [file where process.parent.name != null] [network where process.args_count > 1]`,
	`sequence by host.id with maxspan=1h [process where event.type == "start"] [network where process.parent.name : "*"]`,
}

// kept is a folder of logs, and what runs keep of them.
type kept struct {
	t          *testing.T
	logs, kept string
	said       []string
	asked      map[string]bool // by what processes were known that were asked for
}

// asking is an index that notes what it is asked.
type asking struct {
	*startindex.Logs
	by map[string]bool
}

func (a asking) Find(ctx context.Context, definition string, processes []uint64, read startindex.Reading) (map[int][]int64, bool) {
	at, ok := a.Logs.Find(ctx, definition, processes, read)
	by, _, _ := strings.Cut(definition, "\n")
	a.by[by] = a.by[by] || ok
	return at, ok
}

// members is the logs as a run sees them.
func (k *kept) members() (in input.Inputs, list []*timeindex.Member) {
	k.t.Helper()
	in, errs := input.Resolve([]string{k.logs}, nil)
	if errs.Failed() {
		k.t.Fatal(errs)
	}
	all, err := timeindex.OpenFolder(k.kept, nil).Look(k.t.Context(), in, timeindex.Options{Now: time.Now(), BlockSize: 16 << 10})
	if err != nil {
		k.t.Fatal(err)
	}
	in = nil
	for _, m := range all {
		if m.Within == "" {
			in, list = append(in, m.Input), append(list, m)
		}
	}
	return in, list
}

// check answers the rules with what is kept and without.
func (k *kept) check(what string, o engine.RunOptions) {
	k.t.Helper()
	in, members := k.members()
	index := startindex.OpenFolder(k.kept, startindex.Options{Now: time.Now(), PartSize: 200 << 10, Warn: func(d *source.Diagnostic) { k.said = append(k.said, d.Code) }})
	o.Inputs, o.Workers = in, 2
	want := k.answer(o)
	k.asked = map[string]bool{}
	o.Starts = asking{index.Of(members), k.asked}
	for i, got := range k.answer(o) {
		if got != want[i] {
			k.t.Errorf("%s: %s: %s", what, askers[i], parted(got, want[i]))
		}
		if want[i] == "" {
			k.t.Errorf("%s: %s finds nothing", what, askers[i])
		}
	}
}

// parted is where two texts part.
func parted(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d of %d and %d:\n%s\nwant:\n%s", i, len(g), len(w), g[i], w[i])
		}
	}
	return fmt.Sprintf("%d lines instead of %d", len(g), len(w))
}

// answer is the answers to the rules, all together.
func (k *kept) answer(o engine.RunOptions) []string {
	k.t.Helper()
	var pack engine.Pack
	out := make([]string, len(askers))
	for _, query := range askers {
		p, errs := engine.Compile(source.New("query", query), engine.Options{Language: engine.EQL, Earliest: "2025-03-03T06:10:00Z", Latest: "2025-03-04T00:00:00Z", Evidence: 3})
		if errs.Failed() {
			k.t.Fatal(errs)
		}
		pack = append(pack, p)
	}
	run := pack.Run(k.t.Context(), o, func(i int, r *engine.Result) error {
		var b bytes.Buffer
		_, err := output.Write(&b, r.Rows(), output.Options{Format: "ndjson"})
		out[i] = b.String() + r.Diagnostics().Error()
		return err
	})
	for _, err := range run.Errors {
		if err != nil {
			k.t.Fatal(err)
		}
	}
	return out
}

func (k *kept) write(name, text string) {
	k.t.Helper()
	file, err := os.OpenFile(filepath.Join(k.logs, name), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err == nil {
		_, err = file.WriteString(text)
		err = errors.Join(err, file.Close())
	}
	if err != nil {
		k.t.Fatal(err)
	}
}

// TestStartsAreKept gets the same answers with what earlier runs kept of where processes start as without, over logs of all forms that grow, are
// renamed and compressed, when what was kept is damaged, and when the host of events is another one.
func TestStartsAreKept(t *testing.T) {
	damage := generate.Realistic()
	damage[generate.Duplicates] = 0.02
	for _, form := range generate.Forms() {
		t.Run(form, func(t *testing.T) {
			text, err := os.ReadFile(generated(t, generate.Config{Form: form, Events: 1_500, Attacks: 5, Seed: 3, Rate: 0.01, Damage: damage}))
			if err != nil {
				t.Fatal(err)
			}
			text = nameless(text)
			third := bytes.IndexByte(text[len(text)/3:], '\n') + len(text)/3 + 1
			k := &kept{t: t, logs: t.TempDir(), kept: t.TempDir()}
			k.write("log", string(text[:third]))
			k.check("at first", engine.RunOptions{})
			k.write("log", string(text[third:2*third-100])) // ends within a line
			k.check("grown, from another host", engine.RunOptions{Host: "elsewhere"})
			k.check("grown", engine.RunOptions{})
			k.write("log", string(text[2*third-100:2*third+5000]))
			k.check("the line went on", engine.RunOptions{Unique: true})
			rotated := filepath.Join(k.logs, "log.1")
			if err := os.Rename(filepath.Join(k.logs, "log"), rotated); err != nil {
				t.Fatal(err)
			}
			k.write("log", string(text[2*third+5000:]))
			k.check("renamed", engine.RunOptions{})
			k.write("log.1.gz", gzipped(t, rotated))
			if err := os.Remove(rotated); err != nil {
				t.Fatal(err)
			}
			k.check("compressed", engine.RunOptions{BlockSize: 4096})
			if len(k.said) > 0 {
				t.Error(k.said)
			}
			k.spoil()
			k.check("damaged", engine.RunOptions{})
			if len(k.said) == 0 {
				t.Error("of the damage nothing was said")
			}
			k.check("healed", engine.RunOptions{})
			if len(k.asked) != 2 && form != "ecs" {
				t.Errorf("processes were asked for by %v, not by both their names", k.asked)
			}
		})
	}
}

// guid is the id of a process in an event of Sysmon.
var guid = regexp.MustCompile(`(ProcessGuid\W{1,6}){[0-9a-fA-F-]{36}}`)

// nameless is a log of which some events say of their process but its number.
func nameless(text []byte) []byte {
	var out []byte
	for i, line := range bytes.SplitAfter(text, []byte("\n")) {
		if i%5 == 0 && bytes.Contains(line, []byte("DestinationPort")) {
			line = guid.ReplaceAll(line, []byte("${1}{00000000-0000-0000-0000-000000000000}"))
		}
		out = append(out, line...)
	}
	return out
}

// spoil changes a byte in the middle of each file that is kept.
func (k *kept) spoil() {
	k.t.Helper()
	files, err := filepath.Glob(filepath.Join(k.kept, "starts-*"))
	if len(files) == 0 || err != nil {
		k.t.Fatal("nothing is kept", err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err == nil {
			data[len(data)/2] ^= 1
			err = os.WriteFile(name, data, 0o600)
		}
		if err != nil {
			k.t.Fatal(err)
		}
	}
}

func gzipped(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	z := gzip.NewWriter(&b)
	if _, err := z.Write(text); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
