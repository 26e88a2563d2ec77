package grammar

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"go.yaml.in/yaml/v3"

	"spoor/grammar/ast"
	"spoor/grammar/source"
	"spoor/macros"
)

// corpus gives the searches of the published rules by file; the name of their folder is meant from the module's folder.
func corpus(t *testing.T) (folder string, searches map[string]string) {
	folder = os.Getenv("SPOOR_CORPUS")
	if folder == "" {
		t.Skip("SPOOR_CORPUS names no folder of published rules")
	}
	if !filepath.IsAbs(folder) {
		folder = filepath.Join("..", folder)
	}
	folder = filepath.Join(folder, "escu")
	searches = map[string]string{}
	err := filepath.WalkDir(filepath.Join(folder, "detections"), func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(name) != ".yml" {
			return err
		}
		body, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		var rule struct{ Search string }
		if err := yaml.Unmarshal(body, &rule); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		searches[name] = rule.Search
		return nil
	})
	if err != nil || len(searches) == 0 {
		t.Fatalf("%d searches in %s: %v", len(searches), folder, err)
	}
	return folder, searches
}

// foreign are macros of Splunk's other products, defined here as their documentation says, shortened.
const foreign = `
[get_asset(1)]
args = field
definition = lookup asset_lookup_by_str asset as $field$
[cim_corporate_web_domain_search(1)]
args = field
definition = [| inputlookup cim_corporate_web_domains | rename domain as $field$ | format | fields search]
`

func TestPublishedSearchesParse(t *testing.T) {
	folder, searches := corpus(t)
	library := macros.Builtin()
	if errs := library.LoadPath(filepath.Join(folder, "macros")); errs != nil {
		t.Fatal(errs)
	}
	if errs := library.Load(source.New("macros.conf", foreign)); errs != nil {
		t.Fatal(errs)
	}
	expander := macros.Expander{Library: library}
	warnings := map[string]int{}
	for name, search := range searches {
		text, _, errs := expander.Expand(source.New(filepath.Base(name), search))
		if errs.Failed() {
			t.Error(errs)
			continue
		}
		tree, errs := ParseSPL(text)
		if errs.Failed() {
			t.Error(errs)
			continue
		}
		for _, d := range errs {
			warnings[d.Code]++
		}
		roundTrip(t, tree, ParseSPL)
	}
	t.Logf("%d searches, warnings: %v", len(searches), warnings)
}

// roundTrip checks that the printed tree parses to an equal tree, which prints the same.
func roundTrip[T ast.Node](t *testing.T, tree T, parse func(*source.Text) (T, source.Errors)) {
	t.Helper()
	printed := tree.String()
	again, errs := parse(source.New("printed", printed))
	if errs.Failed() {
		t.Errorf("printed text does not parse:\n%s", errs.Error())
		return
	}
	if a, b := ast.Dump(tree), ast.Dump(again); a != b {
		t.Errorf("printed as %s\nwhich is another tree:\n%s\nbefore:\n%s", printed, b, a)
	} else if p := again.String(); p != printed {
		t.Errorf("printed as %s\nand then as %s", printed, p)
	}
}
