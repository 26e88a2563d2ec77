package lookup

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"sync"

	"spoor/grammar/source"
)

// Library is the lookups of some folders. What stands in a later folder goes before the same name in an earlier one. It is safe for
// several workers.
type Library struct {
	folders     []folder
	definitions map[string]*Definition

	mu       sync.Mutex
	tables   map[string]*loaded
	matchers map[string]*Matcher
	filter   Filter
	parts    map[string]filtered // by definition
}

// folder is a place that cannot be left by any name of a file.
type folder struct {
	name string
	root *os.Root
}

// loaded is a table and the file that it was read from, as it was then.
type loaded struct {
	table *Table
	info  fs.FileInfo
}

// Open finds the lookups of folders. A folder that cannot be opened is an error, a definition that makes no sense a warning.
func Open(folders ...string) (*Library, source.Errors) {
	l := &Library{definitions: map[string]*Definition{}, tables: map[string]*loaded{}, matchers: map[string]*Matcher{}, parts: map[string]filtered{}}
	var errs source.Errors
	for _, name := range folders {
		root, err := os.OpenRoot(name)
		if err != nil {
			errs = append(errs, source.Errorf(source.Span{}, "no-folder", "cannot open the lookups in %s: %s", name, source.Reason(err)))
			continue
		}
		l.folders = append(l.folders, folder{name, root})
		errs = append(errs, l.define(len(l.folders)-1)...)
	}
	return l, errs
}

// define reads the definitions in a folder.
func (l *Library) define(at int) source.Errors {
	f := l.folders[at]
	entries, err := fs.ReadDir(f.root.FS(), ".")
	if err != nil {
		return source.Errors{source.Errorf(source.Span{}, "no-folder", "cannot read the lookups in %s: %s", f.name, source.Reason(err))}
	}
	var errs source.Errors
	for _, e := range entries {
		ext := path.Ext(e.Name())
		if e.IsDir() || e.Name() != "transforms.conf" && ext != ".yml" && ext != ".yaml" {
			continue
		}
		text, err := source.ReadFile(f.root.FS(), e.Name(), f.name+"/"+e.Name())
		if err != nil {
			errs = append(errs, source.Warnf(source.Span{}, "bad-lookup", "cannot read %s/%s: %s", f.name, e.Name(), source.Reason(err)))
			continue
		}
		found := readConf
		if ext != ".conf" {
			found = readOne
		}
		list, doubts := found(text)
		errs = append(errs, doubts...)
		for _, d := range list {
			d.folder = at
			l.definitions[d.Name] = d
		}
	}
	return errs
}

// readOne is readYAML for who wants a list.
func readOne(t *source.Text) ([]*Definition, source.Errors) {
	d, doubts := readYAML(t)
	if d == nil {
		return nil, doubts
	}
	return []*Definition{d}, doubts
}

// Find is the definition of a name; a file that is named directly matches exactly.
func (l *Library) Find(at source.Span, name string) (*Definition, *source.Diagnostic) {
	if l == nil || len(l.folders) == 0 {
		return nil, source.Errorf(at, "no-lookups", "there are no lookups to find %s in", name).
			WithHint("--lookups DIR names a folder of CSV files and definitions (transforms.conf, *.yml)")
	}
	d := l.definitions[name]
	if d != nil && d.External {
		return nil, source.Errorf(at, "cannot-run", "the lookup %s is a program, which does not run here", name)
	}
	if d == nil && isTable(name) {
		d = newDefinition(name)
		d.File, d.folder = name, len(l.folders)-1
		if _, _, err := l.file(d); err != nil {
			d = nil
		}
	}
	if d == nil {
		return nil, source.Errorf(at, "unknown-lookup", "there is no lookup %s in %s", name, l.places()).
			WithHint("%s", orElse(l.near(name), "a lookup is a CSV file, or a definition in transforms.conf or a YAML file beside it"))
	}
	return d, nil
}

// near is what was meant by a name that is none, if that can be told.
func (l *Library) near(name string) string {
	names := l.Names()
	for _, ending := range tableEndings {
		if slices.Contains(names, name+ending) {
			return fmt.Sprintf("did you mean `%s`?", name+ending)
		}
	}
	return source.Suggest(name, names)
}

func orElse(text, otherwise string) string {
	if text != "" {
		return text
	}
	return otherwise
}

// Names is every definition and every file that can be named, sorted.
func (l *Library) Names() []string {
	names := slices.Collect(maps.Keys(l.definitions))
	for _, f := range l.folders {
		entries, _ := fs.ReadDir(f.root.FS(), ".")
		for _, e := range entries {
			if isTable(e.Name()) {
				names = append(names, e.Name())
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

var tableEndings = []string{".csv", ".csv.gz"}

func isTable(name string) bool {
	return slices.ContainsFunc(tableEndings, func(ending string) bool { return strings.HasSuffix(name, ending) })
}

// places is the folders in words.
func (l *Library) places() string {
	names := make([]string, len(l.folders))
	for i, f := range l.folders {
		names[i] = f.name
	}
	return strings.Join(names, ", ")
}

// file is where the file of a definition is: in its own folder, else in the last that has it.
func (l *Library) file(d *Definition) (folder, fs.FileInfo, error) {
	own := l.folders[d.folder]
	info, err := own.root.Stat(d.File)
	if err == nil {
		return own, info, nil
	}
	for _, f := range slices.Backward(l.folders) {
		if info, err := f.root.Stat(d.File); err == nil {
			return f, info, nil
		}
	}
	return own, nil, err
}

// Table is the rows of a definition that satisfy its filter. They are read once, and again when the file has changed.
func (l *Library) Table(at source.Span, d *Definition) (*Table, *source.Diagnostic) {
	l.mu.Lock()
	defer l.mu.Unlock()
	t, diag := l.whole(at, d)
	if diag != nil {
		return nil, diag
	}
	return l.filtered(at, d, t)
}

// whole is the rows of the file of a definition. The library is locked.
func (l *Library) whole(at source.Span, d *Definition) (*Table, *source.Diagnostic) {
	f, info, err := l.file(d)
	if errors.Is(err, fs.ErrNotExist) && d.Fields != nil {
		return newTable(d.Fields), nil
	}
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("it is not a file")
	}
	if err == nil && !isTable(d.File) {
		err = errors.New("a lookup is a file of CSV")
	}
	key := f.name + "/" + d.File
	if old := l.tables[key]; err == nil && old != nil && old.info.ModTime().Equal(info.ModTime()) && old.info.Size() == info.Size() {
		return old.table, nil
	}
	var t *Table
	if err == nil {
		t, err = f.read(d.File)
	}
	if err != nil {
		return nil, source.Errorf(at, "bad-lookup", "the lookup %s cannot be read: %s: %s", d.Name, key, source.Reason(err))
	}
	l.tables[key] = &loaded{t, info}
	return t, nil
}

// Doubts is what is wrong with the file of a definition, whose rows are used all the same. They have been read.
func (l *Library) Doubts(at source.Span, d *Definition) source.Errors {
	f, _, err := l.file(d)
	if err != nil {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	file := f.name + "/" + d.File
	if held := l.tables[file]; held != nil {
		return held.table.faults.tell(at, file)
	}
	return nil
}

// Unwritten is a warning if the definition is a collection that nobody has written yet.
func (l *Library) Unwritten(at source.Span, d *Definition) *source.Diagnostic {
	f, _, err := l.file(d)
	if !errors.Is(err, fs.ErrNotExist) || d.Fields == nil {
		return nil
	}
	file := f.name + "/" + d.File
	return source.Warnf(at, "empty-collection", "the collection %s has no rows: there is no file %s", d.Name, file).
		WithHint("outputlookup %s at the end of a search makes it, and so does a file of CSV whose first line names the columns: %s", d.Name, strings.Join(d.Fields, ","))
}

func (f folder) read(name string) (*Table, error) {
	file, err := f.root.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return readTable(file)
}

// Matcher is what finds rows of a definition by the cells of the given columns. parse reads the times of a lookup that is bounded in
// time: it gets their format and the texts.
func (l *Library) Matcher(at source.Span, d *Definition, columns []string, parse Parse) (*Matcher, *source.Diagnostic) {
	t, diag := l.Table(at, d)
	if diag != nil {
		return nil, diag
	}
	for _, c := range columns {
		if diag := d.Check(at, t, c); diag != nil {
			return nil, diag
		}
	}
	key := strings.Join(append([]string{d.Name}, columns...), "\x00")
	l.mu.Lock()
	defer l.mu.Unlock()
	m := l.matchers[key]
	if m == nil || m.Table != t {
		m = newMatcher(d, t, columns, parse)
		l.matchers[key] = m
	}
	return m, nil
}

// Check is an error if the table of the definition lacks a column.
func (d *Definition) Check(at source.Span, t *Table, name string) *source.Diagnostic {
	if t.Has(name) {
		return nil
	}
	return source.Errorf(at, "unknown-column", "the lookup %s has no column %s", d.Name, name).
		WithHint("%s", orElse(source.Suggest(name, t.Columns), "it has "+strings.Join(t.Columns, ", ")))
}
