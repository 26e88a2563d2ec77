package ruletest

import (
	"bufio"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"spoor/engine/detect"
	"spoor/engine/output"
	"spoor/grammar/source"
)

// Format is a way to write a report.
type Format struct {
	Name, Doc string
	write     func(*Report, *bufio.Writer) error
}

var formats = []Format{
	{"text", "a line for each test, and why it did not pass", (*Report).text},
	{"junit", "XML as JUnit writes it, for whatever builds and tests", (*Report).junit},
	{"ndjson", "an object for each test", (*Report).ndjson},
}

// Formats is the names of the formats, the usual one first.
func Formats() (names []string) {
	for _, f := range formats {
		names = append(names, f.Name)
	}
	return names
}

// Write writes a report in a format. The bytes depend on nothing but the rules, their tests and the logs.
func (r *Report) Write(w io.Writer, format string) error {
	for _, f := range formats {
		if f.Name == format {
			b := bufio.NewWriter(w)
			if err := f.write(r, b); err != nil {
				return err
			}
			return b.Flush()
		}
	}
	return fmt.Errorf("unknown format %q", format)
}

// Trouble is the report without the tests that passed or were skipped.
func (r *Report) Trouble() *Report {
	out := &Report{Rules: r.Rules}
	for _, x := range r.Results {
		if x.Status == Fail || x.Status == Broken {
			out.Results = append(out.Results, x)
		}
	}
	return out
}

// Summary is how many tests ended in which way.
func (r *Report) Summary() string {
	var parts []string
	for _, s := range []struct {
		status Status
		word   string
	}{{Pass, "passed"}, {Fail, "failed"}, {Skip, "skipped"}, {Broken, "could not run"}} {
		if n := r.Count(s.status); n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, s.word))
		}
	}
	return fmt.Sprintf("%s of %s: %s", source.Count(len(r.Results), "test"), source.Count(r.Rules, "rule"), strings.Join(parts, ", "))
}

func (r *Report) text(w *bufio.Writer) error {
	for _, x := range r.Results {
		fmt.Fprintf(w, "%-5s %s: %s", strings.ToUpper(string(x.Status)), output.Escape(x.Rule.Name), output.Escape(x.Name))
		if x.Status == Pass {
			fmt.Fprintf(w, " (%s", source.Count(x.Findings, "finding"))
			if x.Verdict == detect.CannotFire {
				w.WriteString("; cannot fire in these logs") // so that it finds nothing proves little
			}
			w.WriteByte(')')
		}
		w.WriteByte('\n')
		for _, why := range x.Reasons {
			fmt.Fprintf(w, "      %s\n", output.Escape(why))
		}
		if file, line := x.place(); x.Status == Fail && line > 0 {
			fmt.Fprintf(w, "      at %s:%d\n", output.Escape(file), line)
		}
	}
	return nil
}

// object is a test in ndjson. Keys may be added; those that are there keep their meaning.
type object struct {
	Schema   int      `json:"schema_version"`
	Rule     string   `json:"rule"`
	ID       string   `json:"rule_id,omitempty"`
	Test     string   `json:"test"`
	Status   Status   `json:"status"`
	Reasons  []string `json:"reasons,omitempty"`
	Findings int      `json:"findings"`
	Verdict  string   `json:"verdict,omitempty"`
	Data     []string `json:"data,omitempty"`
	File     string   `json:"file"`
	Line     int      `json:"line,omitempty"`
}

func (r *Report) ndjson(w *bufio.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for _, x := range r.Results {
		file, line := x.place()
		o := object{1, x.Rule.Name, x.Rule.ID, x.Name, x.Status, x.Reasons, x.Findings, string(x.Verdict), x.Data, file, line}
		if err := e.Encode(o); err != nil {
			return err
		}
	}
	return nil
}

type suites struct {
	XMLName xml.Name `xml:"testsuites"`
	counts
	Suites []*suite `xml:"testsuite"`
}

type counts struct {
	Tests    int `xml:"tests,attr"`
	Failures int `xml:"failures,attr"`
	Errors   int `xml:"errors,attr"`
	Skipped  int `xml:"skipped,attr"`
}

type suite struct {
	Name string `xml:"name,attr"`
	counts
	Cases []testcase `xml:"testcase"`
}

type testcase struct {
	Class   string  `xml:"classname,attr"`
	Name    string  `xml:"name,attr"`
	File    string  `xml:"file,attr"`
	Line    int     `xml:"line,attr,omitempty"`
	Failure *reason `xml:"failure"`
	Error   *reason `xml:"error"`
	Skipped *reason `xml:"skipped"`
}

type reason struct {
	Message string `xml:"message,attr"`
	All     string `xml:",chardata"`
}

// junit has a suite for each rule.
func (r *Report) junit(w *bufio.Writer) error {
	out := &suites{}
	for i, x := range r.Results {
		if i == 0 || r.Results[i-1].Rule != x.Rule {
			out.Suites = append(out.Suites, &suite{Name: x.Rule.Name})
		}
		at := out.Suites[len(out.Suites)-1]
		c := testcase{Class: x.Rule.Name, Name: x.Name}
		c.File, c.Line = x.place()
		for _, n := range []*counts{&out.counts, &at.counts} {
			n.Tests++
			n.add(x.Status)
		}
		switch why := x.why(); x.Status {
		case Fail:
			c.Failure = why
		case Broken:
			c.Error = why
		case Skip:
			c.Skipped = why
		}
		at.Cases = append(at.Cases, c)
	}
	w.WriteString(xml.Header)
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(out); err != nil {
		return err
	}
	return w.WriteByte('\n')
}

func (c *counts) add(s Status) {
	switch s {
	case Fail:
		c.Failures++
	case Broken:
		c.Errors++
	case Skip:
		c.Skipped++
	}
}

func (r *Result) why() *reason {
	if len(r.Reasons) == 0 {
		return &reason{}
	}
	return &reason{r.Reasons[0], strings.Join(r.Reasons, "\n")}
}
