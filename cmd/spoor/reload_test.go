package main

import (
	"bytes"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"spoor/engine/service"
)

// TestReload edits the files of a service's rules, one edit after another: what is broken is refused whole, and what people may do is taken over.
func TestReload(t *testing.T) {
	s := newServed(t)
	const usesMacro = "title: second\nlanguage: spl\nschedule: {cron: \"0 * * * *\"}\nquery: search `shells`\n"
	s.write("rules/second.yml", usesMacro)
	s.write("macros.conf", "[shells]\ndefinition = Image=*/sh\n")
	s.write("rules/never.yml", "title: never\nlanguage: spl\nschedule: {cron: \"0 * * * *\"}\nquery: search | nosuchcommand\n")
	var out, said bytes.Buffer
	sh := &shell{
		in: strings.NewReader(""), out: &out, err: &said, config: t.TempDir(),
		errWidth: func() int { return 0 }, env: func(string) string { return "" }, now: func() time.Time { return time.Unix(1.7e9, 0) },
	}
	_, runs := detecting(sh)
	runs.zone, runs.library.paths = "UTC", []string{s.path("macros.conf")}
	v := &server{detection: runs, shell: sh, paths: []string{s.path("rules")}, zone: time.UTC}
	var err error
	if v.version, err = v.first(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(v.version.duties) != 2 || !strings.Contains(said.String(), "nosuchcommand") {
		t.Errorf("%d rules, said %s", len(v.version.duties), &said)
	}
	v.files = service.NewFiles(v.sources())
	defer v.files.Close()
	now := sh.now()
	for _, c := range []struct{ name, file, text, says string }{
		{"a broken query", "rules/second.yml", "title: second\nlanguage: spl\nschedule: {cron: \"0 * * * *\"}\nquery: search (((\n", "second.yml:4:15: error: this `(` is never closed"},
		{"mended", "rules/second.yml", usesMacro, "read again: 2 rules"},
		{"a broken cron", "rules/second.yml", strings.Replace(usesMacro, "0 *", "99 *", 1), `the cron "99 * * * *" of "second"`},
		{"no schedule any more", "rules/second.yml", "title: second\nlanguage: spl\nquery: search `shells`\n", "read again: 1 rule"},
		{"a schedule again", "rules/second.yml", usesMacro, "read again: 2 rules"},
		{"a macro that is gone", "macros.conf", "[other]\ndefinition = Image=*/sh\n", "shells"},
		{"broken macros", "macros.conf", "[shells\n", "macros.conf:1"},
		{"mended macros", "macros.conf", "[shells]\ndefinition = Image=*/bash\n", "read again: 2 rules"},
		{"no YAML", "rules/second.yml", "title: [", "no valid YAML"},
		{"a new rule that cannot run", "rules/second.yml", usesMacro + "---\ntitle: third\nlanguage: spl\nschedule: {cron: \"0 * * * *\"}\nquery: search | nosuchcommand\n", "read again: 2 rules"},
	} {
		said.Reset()
		before := v.version
		s.write(c.file, c.text)
		now = now.Add(time.Minute)
		v.changed(now) // it waits for the second
		now = now.Add(time.Minute)
		_, taken, _ := v.changed(now)
		if want := strings.HasPrefix(c.says, "read again"); taken != want || (v.version != before) != want || !strings.Contains(said.String(), c.says) {
			t.Errorf("%s: taken over: %v, said %s", c.name, taken, &said)
		}
		if strings.Contains(said.String(), "nosuchcommand") {
			t.Errorf("%s: said what was known: %s", c.name, &said)
		}
		said.Reset()
		if _, taken, again := v.changed(now.Add(time.Second)); taken || again != 0 || said.Len() > 0 {
			t.Errorf("%s: said again: %s", c.name, &said)
		}
	}
	// A folder that is gone, as while it is being replaced, and is there again.
	look := func(want bool, says string) {
		t.Helper()
		said.Reset()
		now = now.Add(time.Minute)
		v.changed(now)
		now = now.Add(time.Minute)
		if _, taken, _ := v.changed(now); taken != want || !strings.Contains(said.String(), says) {
			t.Errorf("taken over: %v, said %s, want %s", taken, &said, says)
		}
	}
	before := v.version
	if err := os.Rename(s.path("rules"), s.path("away")); err != nil {
		t.Fatal(err)
	}
	if look(false, "no such file"); v.version != before {
		t.Error("rules that are gone took the place of others")
	}
	if err := os.Rename(s.path("away"), s.path("rules")); err != nil {
		t.Fatal(err)
	}
	look(true, "read again: 2 rules")
	// Upon SIGHUP they are read at once, and a change that was read is none.
	v.hangups = make(chan os.Signal, 1)
	v.hangups <- syscall.SIGHUP
	s.write("rules/fourth.yml", strings.Replace(usesMacro, "second", "fourth", 1))
	said.Reset()
	if _, taken, again := v.changed(now); !taken || again != 0 || !strings.Contains(said.String(), "read again: 3 rules") {
		t.Errorf("taken over: %v, said %s", taken, &said)
	}
	if _, taken, again := v.changed(now.Add(time.Minute)); taken || again != 0 {
		t.Errorf("taken over again: %v", taken)
	}
}
