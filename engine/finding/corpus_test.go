package finding

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"spoor/engine/attack"
	"spoor/engine/rules"
)

var loaded = sync.OnceValue(func() []*rules.Rule {
	l := &rules.Library{}
	l.Load(corpusFolder())
	return l.All()
})

// corpusFolder is the folder that SPOOR_CORPUS names, from the module's folder if it is not absolute.
func corpusFolder() string {
	folder := os.Getenv("SPOOR_CORPUS")
	if folder != "" && !filepath.IsAbs(folder) {
		folder = filepath.Join("..", "..", folder)
	}
	return folder
}

// published is the rules in it.
func published(t *testing.T) []*rules.Rule {
	t.Helper()
	if corpusFolder() == "" {
		t.Skip("SPOOR_CORPUS names no folder of published rules")
	}
	if len(loaded()) == 0 {
		t.Fatalf("no rules in %s", corpusFolder())
	}
	return loaded()
}

// Whatever published rules say of ATT&CK is so in the table: names, and which tactics a technique serves.
func TestPublishedATTACK(t *testing.T) {
	said := 0
	for _, r := range published(t) {
		for _, threat := range r.Threats {
			tactic, known := attack.FindTactic(threat.Tactic.ID)
			if threat.Tactic.ID != "" && (!known || tactic.Name != threat.Tactic.Name) {
				t.Errorf("%s: the tactic %v", r.Name, threat.Tactic)
			}
			for _, named := range threat.Techniques {
				said++
				x, ok := attack.Resolve(named.ID)
				switch {
				case !ok:
					t.Errorf("%s: the technique %v", r.Name, named)
				case x.ID == named.ID && named.Name != "" && x.Name != named.Name:
					t.Errorf("%s: %s is %q, not %q", r.Name, named.ID, x.Name, named.Name)
				case known && !slices.Contains(x.Tactics, tactic):
					t.Errorf("%s: %s under %s", r.Name, named.ID, tactic.Name)
				}
			}
		}
	}
	if said < 1000 {
		t.Errorf("only %d techniques are named", said)
	}
}

// A row that has all that a published rule asks for fills its message and gives its risk events; all formats take it.
func TestPublishedFindings(t *testing.T) {
	var list []*Finding
	for _, r := range published(t) {
		var x Row
		add := func(name string) {
			if _, dup := x.Get(name); !dup && name != "" {
				x.Names, x.Values = append(x.Names, name), append(x.Values, value("of "+name))
			}
		}
		for _, name := range Tokens(r.Risk.Message) {
			add(name)
		}
		for _, o := range r.Risk.Objects {
			add(o.Field)
		}
		for _, o := range r.Risk.Threats {
			add(o.Field)
		}
		f := New(r, []Row{x}, Evidence{Total: 1, Records: []Record{{File: "a.log", Offset: int64(len(list))}}}, nil)
		list = append(list, f)
		if len(f.Unfilled) > 0 {
			t.Errorf("%s: %q", r.Name, f.Message)
		}
		if want := len(r.Risk.Objects); r.Risk.Creates && len(f.Risk) != want && splunk(r) {
			t.Errorf("%s: %d risk events of %d objects", r.Name, len(f.Risk), want)
		}
	}
	for _, info := range Formats() {
		text, summary := written(t, Options{Format: info.Name}, list...)
		if summary.Findings != int64(len(list)) || text == "" {
			t.Errorf("%s: %+v", info.Name, summary)
		}
		if !slices.Contains([]string{"ndjson", "hec", "bulk", "timesketch"}, info.Name) {
			continue
		}
		for line := range strings.Lines(text) {
			if !json.Valid([]byte(line)) {
				t.Fatalf("%s: %s", info.Name, line)
			}
		}
	}
	seen := map[string]string{}
	for _, f := range list {
		if old := seen[f.ID]; old != "" {
			t.Errorf("%s and %s have one id", old, f.Name)
		}
		seen[f.ID] = f.Name
	}
}
