package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"
)

// mould is what SARIF 2.1.0 prescribes of a value, as far as it concerns what is written here: no object has properties but these.
type mould struct {
	kind     string // of JSON: object, array, string, integer, uri
	required []string
	fields   map[string]*mould
	items    *mould // of an array; of an object whose names are free, its values
	enum     []string
	least    float64 // of an integer
	unique   bool    // no two elements are equal
	free     bool    // an object with any properties
}

var (
	aText    = &mould{kind: "string"}
	aURI     = &mould{kind: "uri"}
	aLevel   = &mould{kind: "string", enum: []string{"none", "note", "warning", "error"}}
	aMessage = &mould{kind: "object", required: []string{"text"}, fields: map[string]*mould{"text": aText, "markdown": aText}}
	aBag     = &mould{kind: "object", free: true, fields: map[string]*mould{"tags": {kind: "array", unique: true, items: aText}}}
	aRegion  = &mould{kind: "object", fields: map[string]*mould{
		"startLine": {kind: "integer", least: 1}, "startColumn": {kind: "integer", least: 1}, "byteOffset": {kind: "integer", least: -1}, "byteLength": {kind: "integer"},
	}}
	aPlace = &mould{kind: "object", fields: map[string]*mould{"physicalLocation": {kind: "object", required: []string{"artifactLocation"}, fields: map[string]*mould{
		"artifactLocation": {kind: "object", fields: map[string]*mould{"uri": aURI}}, "region": aRegion,
	}}}}
	aRule = &mould{kind: "object", required: []string{"id"}, fields: map[string]*mould{
		"id": aText, "name": aText, "shortDescription": aMessage, "fullDescription": aMessage, "help": aMessage, "helpUri": aURI, "properties": aBag,
		"defaultConfiguration": {kind: "object", fields: map[string]*mould{"level": aLevel}},
	}}
	aResult = &mould{kind: "object", required: []string{"message"}, fields: map[string]*mould{
		"ruleId": aText, "ruleIndex": {kind: "integer", least: -1}, "level": aLevel, "message": aMessage, "properties": aBag,
		"locations": {kind: "array", items: aPlace}, "relatedLocations": {kind: "array", unique: true, items: aPlace},
		"partialFingerprints": {kind: "object", items: aText},
	}}
	aLog = &mould{kind: "object", required: []string{"version", "runs"}, fields: map[string]*mould{
		"$schema": aURI, "version": {kind: "string", enum: []string{"2.1.0"}},
		"runs": {kind: "array", items: &mould{kind: "object", required: []string{"tool"}, fields: map[string]*mould{
			"tool": {kind: "object", required: []string{"driver"}, fields: map[string]*mould{"driver": {kind: "object", required: []string{"name"}, fields: map[string]*mould{
				"name": aText, "version": aText, "rules": {kind: "array", unique: true, items: aRule},
			}}}},
			"columnKind": {kind: "string", enum: []string{"utf16CodeUnits", "unicodeCodePoints"}},
			"results":    {kind: "array", items: aResult},
		}}},
	}}
)

// faults is where a value is not as it must be.
func (m *mould) faults(at string, v any) (out []string) {
	say := func(format string, args ...any) { out = append(out, at+": "+fmt.Sprintf(format, args...)) }
	switch v := v.(type) {
	case map[string]any:
		if m.kind != "object" {
			say("an object, not %s", m.kind)
		}
		for _, name := range m.required {
			if _, has := v[name]; !has {
				say("no %s", name)
			}
		}
		for name, x := range v {
			of := m.fields[name]
			if of == nil {
				of = m.items
			}
			if of != nil {
				out = append(out, of.faults(at+"."+name, x)...)
			} else if !m.free {
				say("no property may be called %s", name)
			}
		}
	case []any:
		if m.kind != "array" {
			say("an array, not %s", m.kind)
			return out
		}
		for i, x := range v {
			out = append(out, m.items.faults(fmt.Sprintf("%s[%d]", at, i), x)...)
			if m.unique && slices.ContainsFunc(v[:i], func(y any) bool { return reflect.DeepEqual(x, y) }) {
				say("element %d is there before", i)
			}
		}
	case string:
		_, err := url.Parse(v)
		if m.kind != "string" && (m.kind != "uri" || err != nil) || m.enum != nil && !slices.Contains(m.enum, v) {
			say("%q is no %s %q", v, m.kind, m.enum)
		}
	case float64:
		if m.kind != "integer" || v != float64(int64(v)) || v < m.least {
			say("%v is no %s from %v", v, m.kind, m.least)
		}
	default:
		say("%v is no %s", v, m.kind)
	}
	return out
}

// What is written as SARIF has the structure that the standard prescribes, and its results point to their rules.
func TestSARIF(t *testing.T) {
	wrong := filepath.Join(t.TempDir(), "wrong.yml")
	if err := os.WriteFile(wrong, []byte("title: Wrong\nlanguage: spl\nquery: EventID=1 | nosuch [x](y) {0}\nattack: [T9999]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"detect", "../../examples/rules", "--data", "../../examples/logs", "-q", "-o", "sarif"},
		{"lint", "../../examples/rules", wrong, "-o", "sarif", "--notes"},
	} {
		var stdout, stderr bytes.Buffer
		s := &shell{out: &stdout, err: &stderr, env: func(string) string { return "" }, now: func() time.Time { return time.Unix(1e9, 0) }, config: t.TempDir()}
		run(context.Background(), args, s)
		var log any
		if err := json.Unmarshal(stdout.Bytes(), &log); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, &stderr)
		}
		for _, fault := range aLog.faults("log", log) {
			t.Errorf("%v: %s", args, fault)
		}
		for _, r := range log.(map[string]any)["runs"].([]any) {
			r := r.(map[string]any)
			if len(r["results"].([]any)) == 0 {
				t.Errorf("%v: no results", args)
			}
			listed := r["tool"].(map[string]any)["driver"].(map[string]any)["rules"].([]any)
			for _, x := range r["results"].([]any) {
				x := x.(map[string]any)
				if of := listed[int(x["ruleIndex"].(float64))].(map[string]any); of["id"] != x["ruleId"] {
					t.Errorf("%v: a result of %v points to %v", args, x["ruleId"], of["id"])
				}
			}
		}
	}
}
