package engine_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"spoor/engine"
	"spoor/engine/lookup"
	"spoor/grammar/source"
)

// asked answers searches one after another over a folder of lookups, and gives the rows of the last.
func asked(t *testing.T, folder string, searches ...string) string {
	t.Helper()
	events := filepath.Join(t.TempDir(), "events.json")
	log := `{"EventID":"1","Computer":"web1","UtcTime":"2024-05-06 10:00:03.000","Image":"/usr/bin/id","User":"root"}
{"EventID":"1","Computer":"web1","UtcTime":"2024-05-06 10:00:02.000","Image":"/usr/bin/curl","User":"alice"}
`
	if err := os.WriteFile(events, []byte(log), 0o600); err != nil {
		t.Fatal(err)
	}
	var a answer
	for _, s := range searches {
		library, errs := lookup.Open(folder)
		if len(errs) > 0 {
			t.Fatal(errs)
		}
		if a = ask(t, source.New("query", s), engine.Options{Lookups: library}, []string{events}, allOn); a.errors != "" {
			t.Fatalf("%s: %s", s, a.errors)
		}
	}
	return a.rows
}

func TestOutputLookup(t *testing.T) {
	const start = "name,team\nroot,ops\nbob,sales\n"
	for search, want := range map[string]string{
		`EventID=1 | table User Image | rename User as name | outputlookup people.csv`:                                   "name,Image\nroot,/usr/bin/id\nalice,/usr/bin/curl\n",
		`EventID=1 | table User | rename User as name | outputlookup max=1 people.csv`:                                   "name\nroot\n",
		`EventID=1 | rename User as name | eval team="new" | outputlookup append=t people.csv`:                           start + "root,new\nalice,new\n",
		`EventID=1 | rename User as name | eval team="new" | table name team | outputlookup key_field=name people.csv`:   "name,team\nroot,new\nbob,sales\nalice,new\n",
		`EventID=1 | eval when=_time, name=split("a b", " ") | table name when | head 1 | outputlookup people.csv`:       "name,when\n\"a\nb\",1714989603\n",
		`EventID=1 User=nobody | table User | outputlookup create_empty=f people.csv`:                                    start,
		`EventID=1 User=nobody | table User | outputlookup override_if_empty=false people.csv`:                           start,
		`EventID=1 | stats count | outputlookup people.csv | head 0`:                                                     "count\n2\n",
		`EventID=1 | stats count | eval _hidden=1, _key="k" | table count _hidden _key | outputlookup people.csv | head`: "count,_key\n2,k\n",
	} {
		folder := t.TempDir()
		file := filepath.Join(folder, "people.csv")
		if err := os.WriteFile(file, []byte(start), 0o600); err != nil {
			t.Fatal(err)
		}
		asked(t, folder, search)
		got, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		diff(t, search, string(got), want)
		if left, _ := os.ReadDir(folder); len(left) != 1 {
			t.Errorf("%s leaves %v", search, left)
		}
	}
}

// TestNewLookup writes files that were not there, and reads them again.
func TestNewLookup(t *testing.T) {
	folder := t.TempDir()
	conf := "[baseline]\ncollection = seen_users\nfields_list = _key, User, count\n"
	if err := os.WriteFile(filepath.Join(folder, "transforms.conf"), []byte(conf), 0o600); err != nil {
		t.Fatal(err)
	}
	got := asked(t, folder,
		`EventID=1 | lookup baseline User OUTPUT count as before | where isnull(before) | stats count by User | outputlookup baseline`,
		`EventID=1 | lookup baseline User OUTPUT count as before | table User before | outputlookup new.csv.gz`,
		`| inputlookup new.csv.gz`)
	diff(t, "rows", got, `{"User":"root","before":"1"}`+"\n"+`{"User":"alice","before":"1"}`+"\n")
}

// TestLookupsStayInTheirFolder tries names that lead out of it.
func TestLookupsStayInTheirFolder(t *testing.T) {
	outer := t.TempDir()
	folder := filepath.Join(outer, "lookups")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	secret := filepath.Join(outer, "secret.csv")
	if err := os.WriteFile(secret, []byte("a\nb\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, filepath.Join(folder, "link.csv")); err != nil {
		t.Fatal(err)
	}
	conf := "[sly]\nfilename = ../secret.csv\n[slier]\nfilename = " + secret + "\n"
	if err := os.WriteFile(filepath.Join(folder, "transforms.conf"), []byte(conf), 0o600); err != nil {
		t.Fatal(err)
	}
	library, errs := lookup.Open(folder)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	for _, name := range []string{"../secret.csv", secret, "link.csv", "sly", "slier", "../new.csv"} {
		for _, search := range []string{`| inputlookup "NAME"`, `EventID=1 | lookup "NAME" a as User`, `EventID=1 | outputlookup "NAME"`} {
			if name == "link.csv" && strings.Contains(search, "outputlookup") {
				continue // puts a file of its own in the place of the link
			}
			search = strings.ReplaceAll(search, "NAME", name)
			a := ask(t, source.New("query", search), engine.Options{Lookups: library}, nil, allOn)
			if !strings.Contains(a.errors, "lookup") {
				t.Errorf("%s: %q, rows %q", search, a.errors, a.rows)
			}
		}
	}
	if got, err := os.ReadFile(secret); err != nil || string(got) != "a\nb\n" {
		t.Errorf("the file outside is now %q: %v", got, err)
	}
	if all, _ := os.ReadDir(outer); len(all) != 2 {
		t.Errorf("outside there are now %v", all)
	}
}

// TestManyMatches holds that no match is left out unsaid, unless the definition asks for it.
func TestManyMatches(t *testing.T) {
	folder := t.TempDir()
	table := "user,n\n" + strings.Repeat("root,1\n", 101)
	conf := "[few]\nfilename = many.csv\nmax_matches = 2\n[all]\nfilename = many.csv\nmax_matches = 1000\n"
	for name, body := range map[string]string{"many.csv": table, "transforms.conf": conf} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	library, errs := lookup.Open(folder)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	for name, want := range map[string]struct {
		count  string
		warned bool
	}{"many.csv": {"100", true}, "few": {"2", false}, "all": {"101", false}} {
		search := `| makeresults | eval User="root" | lookup ` + name + ` user as User OUTPUT n | eval count=mvcount(n) | table count`
		a := ask(t, source.New("query", search), engine.Options{Lookups: library}, nil, allOn)
		if a.rows != `{"count":`+want.count+"}\n" || strings.Contains(a.warnings, "rows that match one value") != want.warned {
			t.Errorf("%s: %s%s%s", name, a.rows, a.errors, a.warnings)
		}
	}
}
