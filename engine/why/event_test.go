package why_test

import (
	"compress/gzip"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"spoor/engine"
	"spoor/engine/input"
	"spoor/engine/why"
)

// split is an event of three lines, between events of one.
const split = `<Event><System><Provider Name="Linux-Sysmon"/><EventID>5</EventID><TimeCreated SystemTime="2024-05-06T09:00:00Z"/><Computer>h</Computer></System><EventData><Data Name="UtcTime">2024-05-06 09:00:00.000</Data><Data Name="User">one</Data></EventData></Event>
<Event><System><Provider Name="Linux-Sysmon"/><EventID>5</EventID><TimeCreated SystemTime="2024-05-06T09:00:01Z"/><Computer>h</Computer></System>
<EventData><Data Name="UtcTime">2024-05-06 09:00:01.000</Data>
<Data Name="User">two</Data></EventData></Event>
<Event><System><Provider Name="Linux-Sysmon"/><EventID>5</EventID><TimeCreated SystemTime="2024-05-06T09:00:02Z"/><Computer>h</Computer></System><EventData><Data Name="UtcTime">2024-05-06 09:00:02.000</Data><Data Name="User">three</Data></EventData></Event>
`

func TestPlaces(t *testing.T) {
	first := int64(strings.IndexByte(split, '\n') + 1)
	for _, c := range []struct {
		name, log string
		at        why.Place
		user      string
		line      int64
		note      string
	}{
		{"a line", split, why.Place{Line: 1}, "one", 1, ""},
		{"the first line of an event", split, why.Place{Line: 2}, "two", 2, ""},
		{"a line within an event", split, why.Place{Line: 4}, "two", 2, "line 4 is within the record that begins at line 2"},
		{"the line behind it", split, why.Place{Line: 5}, "three", 5, ""},
		{"an offset", split, why.Place{Offset: first, ByOffset: true}, "two", 2, ""},
		{"an offset within an event", split, why.Place{Offset: first + 200, ByOffset: true}, "two", 2, "is within the record that begins at"},
		{"events of an array", "[\n" + strings.ReplaceAll(strings.TrimSpace(starts), "\n", ",\n") + "\n]\n", why.Place{Line: 3}, "bob", 3, ""},
		{"an array on one line", "[" + strings.ReplaceAll(strings.TrimSpace(starts), "\n", ",") + "]", why.Place{Line: 1}, "root", 1, "5 records begin on this line; this is the first"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := question(t, engine.SPL, "search User=x", c.log, "", "").Ask(context.Background(), c.at)
			if err != nil {
				t.Fatal(err)
			}
			e := a.Event
			if e.Fields["User"] != c.user || e.Line != c.line || !strings.Contains(strings.Join(e.Notes, "\n"), c.note) || c.note == "" && e.Notes != nil {
				t.Errorf("user %s, line %d, notes %q", e.Fields["User"], e.Line, e.Notes)
			}
		})
	}
}

func TestCompressed(t *testing.T) {
	q := question(t, engine.SPL, "search User=x", starts, "", "")
	path := filepath.Join(t.TempDir(), "log.gz")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(f)
	_, _ = z.Write([]byte(starts))
	if err := errors.Join(z.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
	q.Run.Inputs, _ = input.Resolve([]string{path}, nil)
	if a := ask(t, q, 2); a.Event.Fields["User"] != "bob" {
		t.Errorf("the event is %v", a.Event.Fields)
	}
}

func TestNoEvent(t *testing.T) {
	log := "May  6 10:00:00 h cron[7]: a line\n\n" + `{"EventID":"1","Compu` + "\x00\x01\n" + starts
	for _, c := range []struct {
		query string
		line  int64
		want  string
	}{
		{"| tstats count from datamodel=Endpoint.Processes where Processes.user=x by Processes.user", 2, "log:2 is no event: it is blank"},
		{"| tstats count from datamodel=Endpoint.Processes where Processes.user=x by Processes.user", 99, "error: log has 8 lines: there is no line 99"},
	} {
		q := question(t, engine.SPL, c.query, log, "", "")
		_, err := q.Ask(context.Background(), why.Place{Line: c.line})
		if err == nil || named(q, err.Error()) != c.want {
			t.Errorf("%v, want %s", err, c.want)
		}
		if none := new(why.NoEvent); c.line == 2 && !errors.As(err, &none) {
			t.Errorf("%v is no NoEvent", err)
		}
	}
	q := question(t, engine.EQL, "process where true", log, "", "")
	if a := ask(t, q, 1); a.Fired != why.False || !strings.HasPrefix(a.Because, "the record is text, and the rule reads only events of the kinds that are known here") {
		t.Errorf("a line of another program: %s: %s", a.Fired, a.Because)
	}
}
