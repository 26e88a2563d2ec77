package rules

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"spoor/grammar/source"
)

// file is what a file holds.
type file struct {
	document
	as       string // its name as the user would write it
	rules    []*Rule
	stanzas  []*stanza
	settings []setting
	macros   bool   // whether it holds macros
	lookups  bool   // whether it is a lookup, or defines some
	must     bool   // whether it was named, rather than a folder that it is in
	skipped  string // what it holds if nothing of that
}

// readFile reads a file; one that must hold rules need not have the right name.
func readFile(path, as string, must bool) *file {
	f := &file{as: as, must: must}
	f.path = path
	read, limit := f.reading()
	if read == nil {
		return f
	}
	body, err := regular(path, limit)
	if err != nil {
		f.problems = source.Errors{failure(source.Error, as, err)}
		return f
	}
	sum := sha256.Sum256(body)
	f.sha256 = hex.EncodeToString(sum[:])
	f.file = source.New(as, strings.TrimPrefix(string(body), "\ufeff"))
	if !utf8.Valid(body) || strings.ContainsRune(f.file.Body, 0) {
		f.problems = source.Errors{failure(source.Error, as, errors.New("no UTF-8 text"))}
		return f
	}
	read(f)
	for _, r := range f.rules {
		f.sign(r)
	}
	return f
}

// asAside leaves of a file what other files can use: it is not one that was asked for.
func (f *file) asAside() {
	f.rules, f.stanzas, f.skipped = nil, nil, ""
	for _, d := range f.problems {
		d.Severity = min(d.Severity, source.Warning)
	}
}

// confLimit is the most bytes of a file that may hold all rules there are: all of security_content is one savedsearches.conf.
const confLimit = 64 << 20

// reading is how a file is read by its name, and the most bytes that it may have; nil if it cannot hold anything that is wanted.
func (f *file) reading() (read func(*file), limit int) {
	name := filepath.Base(f.path)
	switch ext := strings.ToLower(filepath.Ext(name)); {
	case strings.HasSuffix(name, ".test.yml"), strings.HasSuffix(name, ".test.yaml"):
		f.skipped = "tests"
	case ext == ".yml" || ext == ".yaml":
		return (*file).yaml, source.FileLimit
	case ext == ".toml":
		return (*file).toml, source.FileLimit
	case ext == ".ndjson" || ext == ".jsonl" || ext == ".json":
		if holdsRules(f.path) {
			return (*file).json, confLimit
		}
		f.skipped = "other files"
	case name == "macros.conf":
		f.macros = true
	case name == "transforms.conf" || ext == ".csv":
		f.lookups = true
	case name == "savedsearches.conf" || f.must:
		return (*file).conf, confLimit
	default:
		f.skipped = "other files"
	}
	return nil, 0
}

// regular reads a regular file; a pipe would never end.
func regular(path string, limit int) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("not a regular file")
	}
	in, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	body, err := io.ReadAll(io.LimitReader(in, int64(limit)+1))
	if err == nil && len(body) > limit {
		return nil, errors.New("larger than " + source.Count(limit>>20, "megabyte"))
	}
	return body, err
}

func failure(severity source.Severity, name string, err error) *source.Diagnostic {
	return &source.Diagnostic{Severity: severity, Code: "rule-file", Message: "cannot read the rules of " + name + ": " + source.Reason(err)}
}

// holdsRules says whether a file of JSON is an export of Kibana rather than a log, by its beginning.
func holdsRules(path string) bool {
	in, err := os.Open(path)
	if err != nil {
		return false
	}
	defer in.Close()
	if info, err := in.Stat(); err != nil || !info.Mode().IsRegular() {
		return false
	}
	body, err := io.ReadAll(io.LimitReader(in, 64<<10))
	return err == nil && slices.ContainsFunc([]string{`"rule_id"`, `"list_id"`, `"exported_rules_count"`}, func(key string) bool {
		return strings.Contains(string(body), key)
	})
}

func (f *file) conf() {
	if f.stanzas = f.document.stanzas(); f.stanzas == nil {
		f.skipped = "other files"
	}
}

// json reads an export: values one behind the other, or a list of them.
func (f *file) json() {
	var all []*value
	for _, v := range f.jsonValues() {
		if v.kind == list {
			all = append(all, v.list...)
		} else {
			all = append(all, v)
		}
	}
	f.rules = f.kibana(all)
}

func (f *file) toml() {
	v := f.tomlValue()
	switch {
	case v == nil:
	case v.get("rule") == nil:
		f.skipped = "other files"
	default:
		f.rules = []*Rule{f.elasticTOML(v)}
	}
}

func (f *file) yaml() {
	for _, v := range f.yamlValues() {
		f.yamlDocument(v)
	}
}

// yamlDocument tells by its keys what a document of YAML is.
func (f *file) yamlDocument(v *value) {
	has := func(names ...string) bool {
		return !slices.ContainsFunc(names, func(name string) bool { return v.get(name) == nil })
	}
	switch {
	case has("query", "title"), has("query", "language"):
		f.rules = append(f.rules, f.own(v))
	case has("narrative"):
		f.skipped = "stories"
	case has("search", "name") && !f.must && v.get("type").is("Baseline"):
		f.skipped = "baselines"
	case has("search", "name") && !f.must && v.get("type").is("Investigation"):
		f.skipped = "investigations"
	case has("search", "name"):
		f.rules = append(f.rules, f.content(v))
	case has("definition"):
		f.macros = true
	case has("scheduling"):
		f.settings = append(f.settings, setting{below: f.checkout("deployments"), deployment: f.deployment(v)})
	case has("source", "sourcetype"):
		f.settings = append(f.settings, setting{below: f.checkout("data_sources"), source: f.dataSource(v)})
	case has("filename"), has("collection"), has("lookup_type"):
		f.lookups = true
	case has("playbook"):
		f.skipped = "playbooks"
	default:
		f.skipped = "other files"
	}
}

// checkout is the folder that has a folder of a name in which the file is, with a slash at its end.
func (f *file) checkout(name string) string {
	at := filepath.Dir(f.path)
	for up := at; filepath.Dir(up) != up; up = filepath.Dir(up) {
		if filepath.Base(up) == name {
			return filepath.ToSlash(filepath.Dir(up)) + "/"
		}
	}
	return filepath.ToSlash(at) + "/"
}
