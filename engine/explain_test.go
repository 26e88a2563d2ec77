package engine_test

import (
	"regexp"
	"strings"
	"testing"

	"spoor/engine"
	"spoor/grammar/source"
)

// section is a part of what explain says of a search.
func section(t *testing.T, query, name string) string {
	t.Helper()
	p, errs := engine.Compile(source.New("query", query), engine.Options{})
	if errs.Failed() {
		t.Fatalf("%s: %s", query, errs)
	}
	for _, s := range p.Explain() {
		if s.Name == name {
			return s.Text
		}
	}
	t.Fatalf("no section %s", name)
	return ""
}

var cure = regexp.MustCompile(`to keep them: (.*)`)

// TestDroppedNulls holds which conditions of where drop rows in which a field is missing, by what would keep them.
func TestDroppedNulls(t *testing.T) {
	const counted = "| tstats count dc(Processes.user) as users values(Processes.process) as process from datamodel=Endpoint.Processes by Processes.dest "
	for _, c := range []struct{ query, want string }{
		{`* | where User!="a"`, `(isnull(User) OR User!="a")`},
		{`* | where NOT User="a"`, `(isnull(User) OR NOT User="a")`},
		{`* | where NOT (User="a" OR 'x y'="b")`, `(isnull(User) OR isnull('x y') OR NOT (User="a" OR 'x y'="b"))`},
		{`* | where NOT like(User, "a%")`, `(isnull(User) OR NOT like(User, "a%"))`},
		{`* | where NOT User IN ("a")`, `(isnull(User) OR NOT User IN ("a"))`},
		{`* | where NOT NOT User="a"`, `(isnull(User) OR NOT NOT User="a")`},
		{`* | where lower(User)!="a" AND Image!="b"`, `(isnull(User) OR lower(User)!="a") (isnull(Image) OR Image!="b")`},
		{`* | where if(User!="a", 1, 0)=1`, `(isnull(User) OR User!="a")`},
		{`* | where User="a"`, ``},
		{`* | where User>5`, ``},
		{`* | where NOT isnull(User)`, ``},
		{`* | where isnotnull(User) AND User!="a"`, ``},
		{`* | where isnull(User) OR User!="a"`, ``},
		{`* | where isnull(Image) OR User!="a"`, `(isnull(User) OR User!="a")`},
		{`* | where coalesce(User, "none")!="a"`, ``},
		{`* | where NOT match(coalesce(User, Image), "a")`, `(isnull(User) OR isnull(Image) OR NOT match(coalesce(User, Image), "a"))`},
		{`* | where if(isnull(User), "", User)!="a"`, `(isnull(User) OR if(isnull(User), "", User)!="a")`},
		{`* | search NOT User=a | where Image="b"`, ``}, // search keeps them itself
		{`* | where isnotnull(User) | where User!="a"`, ``},
		{`* | where User="a" OR User="b" | where User!="a"`, `(isnull(User) OR User!="a")`},
		{`User=* | where User!="a"`, ``},
		{`* | eval n=1 | where n!=2`, ``},
		{`* | eval n=coalesce(User, "x"), m=n | where m!="a"`, ``},
		{`* | eval n=User . "x" | where n!="a"`, `(isnull(n) OR n!="a")`},
		{`* | fillnull value=x User | where User!="a"`, ``},
		{`* | stats count values(Image) as i by User | where User!="a" AND count!=5 AND i!="b"`, `(isnull(i) OR i!="b")`},
		{`* | stats count by User | rename User as u | sort u | head 5 | where u!="a"`, ``},
		{`* | dedup User | where User!="a" AND Image!="b"`, `(isnull(Image) OR Image!="b")`},
		{`* | fields User | where Image!="b"`, `(isnull(Image) OR Image!="b")`},
		{counted + `| where 'Processes.dest'!="a" AND users!=1 AND count!=2`, ``},
		{counted + `| where NOT match(process, "a")`, `(isnull(process) OR NOT match(process, "a"))`},
		{`* | append [search * | where User!="a"] | head 1`, `(isnull(User) OR User!="a")`},
	} {
		var got []string
		for _, m := range cure.FindAllStringSubmatch(section(t, c.query, "missing values"), -1) {
			got = append(got, m[1])
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.query, strings.Join(got, " "), c.want)
		}
	}
}

// TestSearchesWithin holds that each search in brackets whose rows become a condition has its own plan.
func TestSearchesWithin(t *testing.T) {
	for _, c := range []struct{ query, want string }{
		{`EventID=1 | head 1`, ""},
		{`EventID=1 | append [search EventID=3]`, ""}, // it is a part of the plan
		{`EventID=1 [search EventID=3 | stats count by User]`, "[search EventID=3 | stats count by User]\n  Aggregate count() as count by User\n    Filter (EventID ~= \"3\")\n      Scan\n"},
		{`EventID=1 | where n=[search EventID=5 | return $y]`, "[search EventID=5 | return $y]\n  Format y\n    Sort num(#time) desc, num(#position) desc\n      Filter (EventID ~= \"5\")\n        Scan\n"},
	} {
		if got := section(t, c.query, "searches within"); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.query, got, c.want)
		}
	}
}
