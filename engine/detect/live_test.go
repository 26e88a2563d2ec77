package detect_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"spoor/engine"
	"spoor/engine/column"
	"spoor/engine/detect"
	"spoor/engine/generate"
	"spoor/engine/input"
	"spoor/engine/rules"
)

// Rules answered over a log piece by piece find what they find over all of it, resting on the same records.
func TestLive(t *testing.T) {
	pack := &rules.Library{}
	if errs := pack.Load("../../examples/rules"); errs.Failed() {
		t.Fatal(errs)
	}
	list := append(pack.All(),
		written(t, "title: by event\nlanguage: spl\nquery: 'EventID=1 Image=*curl*'\n"),
		written(t, "title: of a process\nlanguage: eql\nquery: 'sequence by host.name, process.pid with maxspan=1m [process where event.type == \"start\"] [network where true]'\n"))
	file, _ := generated(t, generate.Config{Form: "flat", Events: 3_000, Attacks: 30, Seed: 5})
	o := over(t, detect.Options{Evidence: 5}, file)
	rest := func(f string, records []string) string { return f + ": " + strings.Join(records, " ") }
	told := func(report *detect.Report) (out []string) {
		for f, err := range report.Findings() {
			if err != nil {
				t.Fatal(err)
			}
			var records []string
			for _, r := range f.Evidence.Records {
				records = append(records, fmt.Sprint(filepath.Base(r.File), r.Offset, r.Time, r.RecordID))
			}
			out = append(out, rest(f.Name, records))
		}
		return out
	}
	live, diag := detect.NewLive(list, o)
	if diag != nil {
		t.Fatal(diag)
	}
	whole := map[string]bool{}
	for _, x := range live.Whole {
		whole[x.Rule.Name] = true
	}
	list = slices.DeleteFunc(list, func(r *rules.Rule) bool { return whole[r.Name] })
	if live.Rules() < 4 {
		t.Fatalf("only %d rules are answered as events come", live.Rules())
	}
	o.Briefly = true
	want := told(detect.Run(t.Context(), list, o))
	var got []string
	in, random := o.Run.Inputs[0], rand.New(rand.NewPCG(1, 2))
	from := int64(0)
	for _, to := range ends(t, file) {
		if to < in.Size && random.IntN(200) > 0 {
			continue
		}
		part := in
		part.Bounds = &input.Range{From: from, To: to}
		newest, ok, err := input.Newest(t.Context(), input.Inputs{part}, 1)
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		got = append(got, told(live.Round(t.Context(), input.Inputs{part}, engine.Watermark{Low: newest - 1e9}))...)
		from = to
	}
	got = append(got, told(live.Round(t.Context(), nil, engine.Watermark{Low: column.End}))...)
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) || len(want) < 10 {
		t.Errorf("%d findings piece by piece, %d of the whole\n%s\n\n%s", len(got), len(want), strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// ends is where the lines of a file end.
func ends(t *testing.T, file string) (out []int64) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range text {
		if c == '\n' {
			out = append(out, int64(i)+1)
		}
	}
	return out
}
