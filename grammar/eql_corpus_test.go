package grammar

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"spoor/grammar/source"
)

var (
	isEQL    = regexp.MustCompile(`(?m)^type = "eql"`)
	eqlQuery = regexp.MustCompile(`(?ms)^query = (?:'''\r?\n?(.*?)'''|"""\r?\n?(.*?)"""\s*$)`)
)

// eqlRules gives the queries of the published rules of Elastic by file.
func eqlRules(t *testing.T) map[string]string {
	folder := os.Getenv("SPOOR_CORPUS")
	if folder == "" {
		t.Skip("SPOOR_CORPUS names no folder of published rules")
	}
	if !filepath.IsAbs(folder) {
		folder = filepath.Join("..", folder)
	}
	queries := map[string]string{}
	err := filepath.WalkDir(filepath.Join(folder, "elastic"), func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(name) != ".toml" {
			return err
		}
		body, err := os.ReadFile(name)
		rule := isEQL.FindIndex(body)
		if err != nil || rule == nil {
			return err
		}
		if m := eqlQuery.FindSubmatch(body[rule[1]:]); m != nil {
			queries[name] = string(m[1]) + strings.NewReplacer(`\\`, `\`, `\"`, `"`).Replace(string(m[2]))
		} else {
			t.Errorf("%s: no query found", name)
		}
		return nil
	})
	if err != nil || len(queries) == 0 {
		t.Fatalf("%d queries in %s: %v", len(queries), folder, err)
	}
	return queries
}

func TestPublishedEQLParses(t *testing.T) {
	queries := eqlRules(t)
	for name, query := range queries {
		tree, errs := ParseEQL(source.New(filepath.Base(name), query))
		if errs != nil {
			t.Error(errs)
			continue
		}
		roundTrip(t, tree, ParseEQL)
	}
	t.Logf("%d queries", len(queries))
}
