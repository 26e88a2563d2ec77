package rules

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"spoor/grammar/source"
)

// LoadPath adds the rules of a file, or of all files below a folder.
func (l *Library) LoadPath(name string) source.Errors { return l.Load(name) }

// Load adds the rules of files, and of all files below folders, in the order of their paths. Of a folder's files those that hold something
// else are counted as skipped, and what is wrong with a rule is a warning: it never stops the others.
func (l *Library) Load(paths ...string) source.Errors {
	var errs source.Errors
	seen := map[string]bool{}
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			errs = append(errs, failure(source.Error, path, err))
			continue
		}
		root, err := real(path)
		if err != nil {
			errs = append(errs, failure(source.Error, path, err))
			continue
		}
		w := walk{root: root, as: path, seen: seen}
		if info.IsDir() {
			w.folder(root)
		} else {
			w.file(root)
		}
		w.own = len(w.files)
		w.beside(root)
		found, problems := l.take(&w, !info.IsDir())
		errs = append(errs, problems...)
		if found == 0 && !w.again && !problems.Failed() {
			errs = append(errs, nothing(path, info.IsDir()))
		}
	}
	return errs
}

// real is a path from the root, without links: a folder is not entered through one.
func real(path string) (string, error) {
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		return "", err
	}
	return filepath.Abs(path)
}

// nothing says that there is no rule where there should be some.
func nothing(path string, folder bool) *source.Diagnostic {
	if folder {
		return source.Warnf(source.Span{}, "no-rules", "there is no rule in the folder %s", path).
			WithHint("rules are in savedsearches.conf, and in files that end in .yml, .yaml, .toml or .ndjson")
	}
	return source.Errorf(source.Span{}, "no-rules", "there is no rule in %s", path).
		WithHint("a rule is a detection of security_content, a rule of Elastic's, a search in savedsearches.conf, or has title, language and query")
}

// take reads the files and takes their rules in; if must, what is wrong with them is an error. It says how many rules there were.
func (l *Library) take(w *walk, must bool) (int, source.Errors) {
	errs := w.problems
	var found []*Rule
	var apps apps
	files := w.read(must)
	for i, f := range files {
		if i >= w.own {
			f.asAside()
		}
		found = append(found, f.rules...)
		l.settings = append(l.settings, f.settings...)
		apps.add(f)
	}
	found = append(found, apps.rules()...)
	for _, f := range files {
		l.met(f)
		slices.SortStableFunc(f.problems, func(a, b *source.Diagnostic) int { return int(a.Span.Start - b.Span.Start) })
		errs = append(errs, f.problems...)
	}
	slices.SortStableFunc(found, func(a, b *Rule) int { return strings.Compare(a.path, b.path) })
	count := 0
	for _, r := range found {
		for _, s := range l.settings {
			s.apply(r)
		}
		if lacks := r.sound(); lacks != nil {
			l.Broken++
			errs = append(errs, lacks)
			continue
		}
		count++
		if old := l.add(r); old != nil && w.seen[old.path] {
			errs = append(errs, twice(r, old))
		}
	}
	if !must {
		for _, d := range errs {
			d.Severity = min(d.Severity, source.Warning)
		}
	}
	return count, errs
}

// met counts what was found beside rules.
func (l *Library) met(f *file) {
	if f.problems.Failed() {
		l.Broken++
	}
	if f.skipped != "" {
		if l.Skipped == nil {
			l.Skipped = map[string]int{}
		}
		l.Skipped[f.skipped]++
	}
	if f.macros && !slices.Contains(l.Macros, f.as) {
		l.Macros = append(l.Macros, f.as)
	}
	if folder := filepath.Dir(f.as); f.lookups && !slices.Contains(l.Lookups, folder) {
		l.Lookups = append(l.Lookups, folder)
	}
}

// twice says that two rules of one walk have one name.
func twice(r, old *Rule) *source.Diagnostic {
	line, _ := old.At.Position()
	what, is := "id", r.ID
	if r.ID == "" || r.ID != old.ID {
		what, is = "name", r.Name
	}
	return source.Warnf(r.At, "duplicate-rule", "%s:%d has a rule of the same %s, %s", old.File, line, what, short(is)).WithHint("the later one holds: give one of them another %s", what)
}

// read reads the files on all processors; the results are in the order of the files.
func (w *walk) read(must bool) []*file {
	out := make([]*file, len(w.files))
	var todo sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, path := range w.files {
		slots <- struct{}{}
		todo.Go(func() {
			defer func() { <-slots }()
			out[i] = readFile(path, w.named(path), must)
		})
	}
	todo.Wait()
	return out
}
