package rules

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"spoor/grammar/source"
)

// walk is the files of one path.
type walk struct {
	root, as string          // the path from the root, and as it was given
	seen     map[string]bool // the files of all paths
	again    bool            // whether some had been seen before
	files    []string
	own      int // how many of them are in the path; the others are beside it
	problems source.Errors
}

// named is a file's path as the user would write it.
func (w *walk) named(path string) string {
	if below, err := filepath.Rel(w.root, path); err == nil {
		return filepath.Join(w.as, below)
	}
	return path
}

// file adds a file that was not seen before.
func (w *walk) file(path string) {
	if w.seen[path] {
		w.again = true
		return
	}
	w.seen[path] = true
	w.files = append(w.files, path)
}

// folder adds the files below a folder. Links to folders are not followed, and hidden folders not entered.
func (w *walk) folder(root string) {
	_ = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			w.problems = append(w.problems, failure(source.Warning, w.named(path), err))
		case entry.IsDir() && path != root && strings.HasPrefix(entry.Name(), "."):
			return fs.SkipDir
		case !entry.IsDir():
			w.file(path)
		}
		return nil
	})
}

// beside adds what a checkout of security_content has beside its detections, if root is in one.
func (w *walk) beside(root string) {
	for at := root; filepath.Dir(at) != at; at = filepath.Dir(at) {
		if filepath.Base(at) != "detections" {
			continue
		}
		for _, name := range []string{"macros", "lookups", "deployments", "data_sources"} {
			if info, err := os.Stat(filepath.Join(filepath.Dir(at), name)); err == nil && info.IsDir() {
				w.folder(filepath.Join(filepath.Dir(at), name))
			}
		}
		return
	}
}
