package spl

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"spoor/datamodels"
	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar"
	"spoor/grammar/source"
	"spoor/macros"
)

// queryOf is the search of a command's script, its macros expanded.
func queryOf(t *testing.T, command string) string {
	t.Helper()
	a, err := txtar.ParseFile("../../examples/commands/" + command + ".txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range a.Files {
		if f.Name == "query" {
			e := macros.Expander{Library: macros.Builtin()}
			text, _, errs := e.Expand(source.New("query", string(f.Data)))
			if errs.Failed() {
				t.Fatal(errs)
			}
			return text.Body
		}
	}
	t.Fatalf("the script of %s has no query", command)
	return ""
}

// withOption is a search with an option right behind the word of a command.
func withOption(t *testing.T, query, command, option string) string {
	t.Helper()
	at := regexp.MustCompile(`(?:^|\|)\s*` + command + `\b`).FindStringIndex(query)
	if at == nil {
		t.Fatalf("no %s in %s", command, query)
	}
	return query[:at[1]] + " " + option + " " + query[at[1]:]
}

// planOf is the plan of a search as text, and the codes of what is wrong with it.
func planOf(query string) (text string, codes []string) {
	tree, errs := grammar.ParseSPL(source.New("query", query))
	if !errs.Failed() {
		l, more := Lower(tree, Options{
			Models: datamodels.Builtin(), Env: &function.Env{Now: 1715000000e9, Zone: time.UTC}, Earliest: column.Beginning, Latest: column.End,
		})
		errs = append(errs, more...)
		if l != nil {
			text = plan.Print(l.Plan)
		}
	}
	for _, d := range errs {
		codes = append(codes, d.Code)
	}
	return text, codes
}

// samples is a value for each kind of value that options have.
var samples = map[string]string{
	"<bool>": "true", "<count>": "3", "<number>": "3", "<span>": "5m", "<field>": "user", "<name>": "user", "<text>": "zzz", "<format>": `"%Y"`,
	"<aggregate>": "count", "<condition>": `"x"`, "<time>": "1/1/2024", "<characters>": `";"`, "<regular expression>": `"(x)"`, "<path>": "a.b",
	"[top|bottom]<count>": "top3", "<count>|<first>-<last>": "2", "(<expression>)": "(user=1)", "<from>-<to>": "1-2", "[<search>]": "[search a]",
	"<model>[.<dataset>]": "Endpoint.Processes", "<dataset>": "Endpoint.Processes", "csv|json": "csv",
}

// otherwise is searches with options that the script's search leaves no room for.
var otherwise = map[string]string{
	"foreach matchstr": `* | foreach a* matchstr=zzz [eval x=1]`,
	"spath path":       "* | spath path=a.b",
	"join left":        `* | join left=user right=R where user.a=R.b [search a]`,
	"join right":       `* | join left=L right=user where L.a=user.b [search a]`,
	"tstats datamodel": "| tstats count datamodel=Endpoint.Processes",
}

// TestOptionsAreRead holds that commands ask for every option of their tables, and that what a table calls the default is what happens
// without the option.
func TestOptionsAreRead(t *testing.T) {
	for _, c := range Commands() {
		query := queryOf(t, c.Name)
		without, _ := planOf(query)
		for _, o := range c.Options {
			name, value := o.Name, samples[o.Value]
			if strings.HasPrefix(name, "<") {
				name = "any"
			}
			switch {
			case o.Idle:
				value = "1"
			case value == "":
				value, _, _ = strings.Cut(o.Value, "|")
			}
			with := otherwise[c.Name+" "+name]
			if with == "" {
				with = withOption(t, query, c.Name, name+"="+value)
			}
			_, codes := planOf(with)
			for _, code := range []string{"unknown-option", "unexpected-argument", "unexpected", "not-a-search"} {
				if slices.Contains(codes, code) {
					t.Errorf("%s does not take its option %s=%s: %s", c.Name, name, value, code)
				}
			}
			if o.Default == "" || regexp.MustCompile(`\b`+o.Name+`=`).MatchString(query) {
				continue
			}
			if with, codes := planOf(withOption(t, query, c.Name, o.Name+`="`+o.Default+`"`)); with != without {
				t.Errorf("%s: %s=%s is not what it does without the option: %s\n%s\nwithout:\n%s", c.Name, o.Name, o.Default, codes, with, without)
			}
		}
	}
}

func TestOptionsAreDescribed(t *testing.T) {
	for _, c := range Commands() {
		seen := map[string]bool{}
		for _, m := range regexp.MustCompile(`(?:^|[\s\[(|])([a-z_]+)=`).FindAllStringSubmatch(strings.ReplaceAll(c.Syntax, "[by <field>... [span=", "[by <field>... ["), -1) {
			if c.option(m[1]) == nil {
				t.Errorf("%s: its syntax has the option %s, its table has not", c.Name, m[1])
			}
		}
		for _, o := range c.Options {
			if seen[o.Name] || o.Name != strings.ToLower(o.Name) {
				t.Errorf("%s: the option %s is there twice or not in lower case", c.Name, o.Name)
			}
			seen[o.Name] = true
			if !o.Idle && (o.Value == "" || !strings.HasSuffix(o.Doc, ".")) {
				t.Errorf("%s: the option %s lacks its value or a sentence", c.Name, o.Name)
			}
		}
	}
}

func TestEveryCommandHasKin(t *testing.T) {
	for _, c := range Commands() {
		if len(Related(c.Name)) == 0 {
			t.Errorf("%s reminds of no other command", c.Name)
		}
	}
	for _, group := range kin {
		for _, name := range group {
			if c := Lookup(name); c == nil || c.Name != name {
				t.Errorf("there is no command %s", name)
			}
		}
	}
}
