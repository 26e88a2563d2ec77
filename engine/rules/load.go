package rules

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"spoor/grammar/source"
)

// fileLimit is the most bytes of a file: all of security_content is one savedsearches.conf.
const fileLimit = 64 << 20

// LoadPath adds the rules of a file, or of all files named savedsearches.conf, *.yml and *.yaml below a folder, in the order of their
// paths. Of a folder's files those that hold something else are passed over, and what cannot be read is a warning.
func (l *Library) LoadPath(name string) source.Errors {
	info, err := os.Stat(name)
	if err != nil {
		return source.Errors{failure(source.Error, name, err)}
	}
	if !info.IsDir() {
		rules, errs := readFile(os.DirFS(filepath.Dir(name)), filepath.Base(name), name)
		if len(rules) == 0 && !errs.Failed() {
			errs = append(errs, source.Errorf(source.Span{}, "no-rules", "there is no saved search in %s", name).
				WithHint("a rule has the keys name and search; in savedsearches.conf it is a stanza [name] with the key search"))
		}
		l.addAll(rules)
		return errs
	}
	return l.loadFolder(os.DirFS(name), name)
}

func (l *Library) addAll(rules []*Rule) {
	for _, r := range rules {
		l.add(r)
	}
}

func (l *Library) loadFolder(folder fs.FS, prefix string) source.Errors {
	var errs source.Errors
	found := 0
	_ = fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		full := filepath.Join(prefix, name)
		switch {
		case err != nil:
			errs = append(errs, failure(source.Warning, full, err))
		case !entry.IsDir() && (path.Base(name) == "savedsearches.conf" || isYAML(name)):
			rules, problems := readFile(folder, name, full)
			for _, d := range problems {
				d.Severity = source.Warning
			}
			errs = append(errs, problems...)
			found += len(rules)
			l.addAll(rules)
		}
		return nil
	})
	if found == 0 {
		errs = append(errs, source.Warnf(source.Span{}, "no-rules", "there is no saved search in the folder %s", prefix).
			WithHint("rules are in files named savedsearches.conf, *.yml or *.yaml"))
	}
	return errs
}

func isYAML(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == ".yml" || ext == ".yaml"
}

// readFile reads the rules of a file, which errors call full.
func readFile(folder fs.FS, name, full string) ([]*Rule, source.Errors) {
	text, err := readText(folder, name, full)
	if err != nil {
		return nil, source.Errors{failure(source.Error, full, err)}
	}
	if isYAML(name) {
		return readYAML(text)
	}
	return readConf(text), nil
}

func readText(folder fs.FS, name, full string) (*source.Text, error) {
	info, err := fs.Stat(folder, name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("not a regular file")
	}
	f, err := folder.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	body, err := io.ReadAll(io.LimitReader(f, fileLimit+1))
	switch {
	case err != nil:
		return nil, err
	case len(body) > fileLimit:
		return nil, errors.New("larger than 64 MiB")
	case !utf8.Valid(body):
		return nil, errors.New("no UTF-8 text")
	}
	return source.New(full, strings.TrimPrefix(string(body), "\ufeff")), nil
}

func failure(severity source.Severity, name string, err error) *source.Diagnostic {
	return &source.Diagnostic{Severity: severity, Code: "rule-file", Message: "cannot read the rules of " + name + ": " + source.Reason(err)}
}

// readConf reads the stanzas of a savedsearches.conf that have a search.
func readConf(t *source.Text) []*Rule {
	var out []*Rule
	var open *Rule
	flush := func() {
		if open != nil && open.Name != "default" && strings.TrimSpace(open.Query.String()) != "" {
			out = append(out, open)
		}
	}
	for line := range source.ConfLines(t) {
		text := line.String()
		switch {
		case text == "" || text[0] == '#':
		case text[0] == '[':
			flush()
			open = &Rule{Name: strings.TrimSpace(strings.TrimSuffix(text[1:], "]")), Language: SPL}
		case open != nil:
			name, value, _ := strings.Cut(text, "=")
			switch strings.TrimSpace(name) {
			case "search":
				open.Query = line.Sub(len(text)-len(value), len(text))
			case "description":
				open.Description = strings.TrimSpace(value)
			}
		}
	}
	flush()
	return out
}

// readYAML reads the rule of a file of security_content; none if it holds something else.
func readYAML(t *source.Text) ([]*Rule, source.Errors) {
	var file struct {
		Name, Description yaml.Node
		Search            yaml.Node
	}
	if err := yaml.Unmarshal([]byte(t.Body), &file); err != nil {
		message := strings.TrimPrefix(strings.ReplaceAll(err.Error(), "\n", " "), "yaml: ")
		return nil, source.Errors{source.Errorf(t.Span(0, 0), "rule-yaml", "no valid YAML: %s", message)}
	}
	search := file.Search
	if search.Kind != yaml.ScalarNode || file.Name.Value == "" || strings.TrimSpace(search.Value) == "" {
		return nil, nil
	}
	line := search.Line
	if search.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		line++ // the text starts below its `|` or `>`
	}
	at := source.NewAt(t.Name, search.Value, line).All()
	return []*Rule{{Name: file.Name.Value, Description: strings.TrimSpace(file.Description.Value), Language: SPL, Query: at}}, nil
}
