package rules

import (
	"strconv"
	"strings"

	"spoor/grammar/source"
)

// value is a piece of a document, in whichever notation it was written.
type value struct {
	kind   kind
	text   string // of a scalar
	list   []*value
	names  []string // of a table, in the order of the file
	fields map[string]*value
	at     source.Span // where it begins
	style  style
}

type kind uint8

const (
	null kind = iota
	text
	number
	boolean
	list
	table
)

func (k kind) String() string {
	return [...]string{"nothing", "text", "a number", "true or false", "a list", "a table"}[k]
}

func (v *value) scalar() bool { return v.kind == text || v.kind == number || v.kind == boolean }

// get is a field of a table; nil if it has none or only nothing.
func (v *value) get(name string) *value {
	if v == nil || v.kind != table {
		return nil
	}
	if f := v.fields[name]; f != nil && f.kind != null {
		return f
	}
	return nil
}

// is says whether a value is this text.
func (v *value) is(word string) bool { return v != nil && v.text == word }

// begin is the place of a field, or of the table if it has no such field.
func (v *value) begin(name string) source.Span {
	if f := v.get(name); f != nil {
		return f.at
	}
	if v == nil {
		return source.Span{}
	}
	return v.at
}

func (v *value) set(name string, f *value) {
	if v.fields == nil {
		v.fields = map[string]*value{}
	}
	if v.fields[name] == nil {
		v.names = append(v.names, name)
	}
	v.fields[name] = f
}

// span is the text of a scalar, each letter where it stands in the file.
func (v *value) span() source.Span {
	if v == nil || v.text == "" {
		return source.Span{}
	}
	return placed(v.at, v.text, v.style)
}

// document is what is read out of one file, and what is wrong with it.
type document struct {
	file     *source.Text
	path     string // from the root
	sha256   string
	problems source.Errors
}

// sign writes into a rule which file it is out of.
func (d *document) sign(r *Rule) { r.File, r.path, r.SHA256 = d.file.Name, d.path, d.sha256 }

func (d *document) problem(at source.Span, code, format string, args ...any) *source.Diagnostic {
	p := source.Warnf(at, code, format, args...)
	d.problems = append(d.problems, p)
	return p
}

// reader reads the fields of a table. What has another type than it should is a problem of the document, and counts as missing.
type reader struct {
	*document
	of   *value
	path string // of the table, with a dot at its end
	seen map[string]bool
}

func (d *document) reader(v *value, path string) *reader {
	return &reader{document: d, of: v, path: path, seen: map[string]bool{}}
}

func (r *reader) get(name string) *value {
	r.seen[name] = true
	return r.of.get(name)
}

func (r *reader) has(name string) bool { return r.get(name) != nil }

func (r *reader) wrong(v *value, name, want string) {
	r.problem(v.at, "rule-value", "%s%s must be %s, and is %s", r.path, name, want, v.kind)
}

// scalar is a field that is text or can be written as one; nil if there is none.
func (r *reader) scalar(name string) *value {
	v := r.get(name)
	if v != nil && !v.scalar() {
		r.wrong(v, name, "text")
		return nil
	}
	return v
}

// text is the text of a scalar, without white space around it.
func (r *reader) text(name string) string {
	if v := r.scalar(name); v != nil {
		return strings.TrimSpace(v.text)
	}
	return ""
}

// number is a field that holds a number, or a text that reads as one.
func (r *reader) number(name string) (float64, bool) {
	v := r.get(name)
	if v == nil {
		return 0, false
	}
	if v.kind == text || v.kind == number {
		if n, err := strconv.ParseFloat(strings.TrimSpace(v.text), 64); err == nil && n > -1e15 && n < 1e15 {
			return n, true
		}
	}
	if v.kind == text {
		r.problem(v.at, "rule-value", "%s%s must be a number, and is %q", r.path, name, short(v.text))
	} else {
		r.wrong(v, name, "a number")
	}
	return 0, false
}

func (r *reader) integer(name string) int {
	n, _ := r.number(name)
	return int(n)
}

// flag is a field that holds true or false in one of the ways in which people write them.
func (r *reader) flag(name string, missing bool) bool {
	v := r.get(name)
	if v == nil {
		return missing
	}
	if is, ok := truth(v.text); ok && v.scalar() {
		return is
	}
	if v.kind == text {
		r.problem(v.at, "rule-value", "%s%s must be true or false, and is %q", r.path, name, short(v.text))
	} else {
		r.wrong(v, name, "true or false")
	}
	return missing
}

func truth(word string) (is, ok bool) {
	switch strings.ToLower(strings.TrimSpace(word)) {
	case "true", "1", "yes", "t", "y":
		return true, true
	case "false", "0", "no", "f", "n":
		return false, true
	}
	return false, false
}

// texts is a list of texts; a single text is a list of one.
func (r *reader) texts(name string) []string {
	v := r.get(name)
	if v == nil {
		return nil
	}
	if v.scalar() {
		return []string{strings.TrimSpace(v.text)}
	}
	if v.kind != list {
		r.wrong(v, name, "a list of texts")
		return nil
	}
	var out []string
	for _, e := range v.list {
		switch {
		case e.scalar():
			out = append(out, strings.TrimSpace(e.text))
		case e.kind != null:
			r.problem(e.at, "rule-value", "%s%s must be a list of texts, and has %s in it", r.path, name, e.kind)
			return out
		}
	}
	return out
}

// table is a table in the table, which is empty if there is none.
func (r *reader) table(name string) *reader {
	v := r.get(name)
	if v != nil && v.kind != table {
		r.wrong(v, name, "a table")
		v = nil
	}
	return r.document.reader(v, r.path+name+".")
}

// tables is a list of tables; a single table is a list of one.
func (r *reader) tables(name string) []*reader {
	v := r.get(name)
	switch {
	case v == nil:
		return nil
	case v.kind == table:
		return []*reader{r.document.reader(v, r.path+name+".")}
	case v.kind != list:
		r.wrong(v, name, "a list of tables")
		return nil
	}
	var out []*reader
	for _, e := range v.list {
		switch e.kind {
		case table:
			out = append(out, r.document.reader(e, r.path+name+"."))
		case null:
		default:
			r.problem(e.at, "rule-value", "%s%s must be a list of tables, and has %s in it", r.path, name, e.kind)
			return out
		}
	}
	return out
}

// unread complains of the fields that nobody has asked for.
func (r *reader) unread(known ...string) {
	if r.of == nil {
		return
	}
	for _, name := range r.of.names {
		if !r.seen[name] {
			d := r.problem(r.of.fields[name].at, "unknown-key", "a rule has no key %s%s", r.path, short(name))
			if near := source.Suggest(name, known); near != "" {
				d.WithHint("%s", near)
			}
		}
	}
}

func short(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:39]) + "…"
	}
	return s
}
