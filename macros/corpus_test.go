package macros

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"spoor/grammar/source"
)

// search is what this test reads of a published detection.
type search struct {
	file       string
	Search     string   `yaml:"search"`
	DataSource []string `yaml:"data_source"`
	Tests      []struct {
		AttackData []struct {
			SourceType string `yaml:"sourcetype"`
		} `yaml:"attack_data"`
	} `yaml:"tests"`
}

func (s *search) linux() bool {
	if strings.Contains(strings.ToLower(filepath.Base(s.file)), "linux") {
		return true
	}
	for _, source := range s.DataSource {
		if strings.Contains(source, "Sysmon for Linux") {
			return true
		}
	}
	for _, test := range s.Tests {
		for _, data := range test.AttackData {
			if data.SourceType == "sysmon:linux" {
				return true
			}
		}
	}
	return false
}

func corpus(t *testing.T) (folder string, searches []search) {
	folder = os.Getenv("SPOOR_CORPUS")
	if folder == "" {
		t.Skip("SPOOR_CORPUS names no folder of published rules")
	}
	if !filepath.IsAbs(folder) {
		folder = filepath.Join("..", folder) // the name is meant from the module's folder
	}
	folder = filepath.Join(folder, "escu")
	err := filepath.WalkDir(filepath.Join(folder, "detections"), func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(name) != ".yml" {
			return err
		}
		body, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		s := search{file: name}
		if err := yaml.Unmarshal(body, &s); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		searches = append(searches, s)
		return nil
	})
	if err != nil || len(searches) == 0 {
		t.Fatalf("%d searches in %s: %v", len(searches), folder, err)
	}
	return folder, searches
}

// foreign are the macros of Splunk's other products, which no published folder defines.
var foreign = regexp.MustCompile("unknown macro `(get_asset|cim_corporate_web_domain_search)`")

func TestCorpusExpandsWithItsMacros(t *testing.T) {
	folder, searches := corpus(t)
	l := Builtin()
	before := len(l.All())
	if errs := l.LoadPath(filepath.Join(folder, "macros")); errs != nil {
		t.Fatal(errs)
	}
	if len(l.All()) < before+100 {
		t.Errorf("%d macros built in, %d with those of the corpus", before, len(l.All()))
	}
	e := Expander{Library: l}
	calls := 0
	for _, s := range searches {
		got, uses, errs := e.Expand(source.New(s.file, s.Search))
		calls += len(uses)
		if errs != nil && !(len(errs) == 1 && foreign.MatchString(errs[0].Message)) {
			t.Error(errs)
		}
		if left, _ := nextCall(got, 0); left != nil && errs == nil {
			t.Errorf("%s: %s is left in %s", s.file, left.at, got.Body)
		}
		checkPositions(t, got)
	}
	t.Logf("%d searches, %d calls", len(searches), calls)
}

func TestCorpusOfLinuxNeedsBuiltinMacrosOnly(t *testing.T) {
	_, searches := corpus(t)
	e := Expander{Library: Builtin()}
	linux := 0
	for _, s := range searches {
		if !s.linux() {
			continue
		}
		linux++
		if _, _, errs := e.Expand(source.New(s.file, s.Search)); errs != nil {
			t.Error(errs)
		}
	}
	if linux < 90 {
		t.Errorf("only %d searches for Linux", linux)
	}
	t.Logf("%d searches for Linux", linux)
}

func TestCorpusMacrosAreTheBuiltinOnes(t *testing.T) {
	folder, _ := corpus(t)
	published := &Library{}
	if errs := published.LoadPath(filepath.Join(folder, "macros")); errs != nil {
		t.Fatal(errs)
	}
	blank := regexp.MustCompile(`\s+`)
	same := 0
	for _, m := range Builtin().All() {
		p := published.Get(m.Name, len(m.Args))
		if p == nil {
			continue
		}
		same++
		if got, want := blank.ReplaceAllString(m.Definition.String(), ""), blank.ReplaceAllString(p.Definition.String(), ""); got != want {
			t.Errorf("%s:\n got %s\nwant %s", m.Signature(), got, want)
		}
	}
	if same < 8 {
		t.Errorf("only %d of the built-in macros are published", same)
	}
}
