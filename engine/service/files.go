package service

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Files is the files and folders that rules and what they use come from, and notices of their changes.
type Files struct {
	// Notices has something in it when there may be a change. Where the system gives no notice, Look finds it nevertheless.
	Notices <-chan struct{}

	watcher *fsnotify.Watcher
	loaded  string // what they were when they were read
	seen    string // and when they were looked at last
	since   time.Time
}

// quiet is for how long files must be as they are to be read: who saves many does not save them at once.
const quiet = time.Second

// NewFiles begins to give notice. The files count as read.
func NewFiles(paths []string) *Files {
	f := &Files{}
	notices := make(chan struct{}, 1)
	f.Notices = notices
	if w, err := fsnotify.NewWatcher(); err == nil {
		f.watcher = w
		go func() {
			for range w.Events {
				select {
				case notices <- struct{}{}:
				default:
				}
			}
		}()
		go func() {
			for range w.Errors { // Look comes by in any case
			}
		}()
	}
	f.loaded = f.state(paths)
	f.seen = f.loaded
	return f
}

// Close ends the notices.
func (f *Files) Close() {
	if f.watcher != nil {
		_ = f.watcher.Close()
	}
}

// Look says whether files have changed since they were read, and then have been as they are for a second. They count as read then. It is to be asked
// again after some time, unless that is 0.
func (f *Files) Look(paths []string, now time.Time) (changed bool, again time.Duration) {
	return f.settle(f.state(paths), now)
}

// Read says that the files are read now, as they were when they were looked at last.
func (f *Files) Read() { f.loaded = f.seen }

func (f *Files) settle(state string, now time.Time) (changed bool, again time.Duration) {
	if state != f.seen || now.Before(f.since) {
		f.seen, f.since = state, now
	}
	if state == f.loaded {
		return false, 0
	}
	if left := quiet - now.Sub(f.since); left > 0 {
		return false, left
	}
	f.loaded = state
	return true, 0
}

// state is what files there are, how long they are and when they were written. Folders among them are watched from then on.
func (f *Files) state(paths []string) string {
	sum := sha256.New()
	for _, p := range paths {
		root, err := filepath.EvalSymlinks(p)
		if err != nil {
			f.watch(filepath.Dir(p))
			fmt.Fprintln(sum, p, "missing")
			continue
		}
		_ = filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				fmt.Fprintln(sum, name, err)
			case entry.IsDir() && name != root && strings.HasPrefix(entry.Name(), "."):
				return fs.SkipDir
			case entry.IsDir():
				f.watch(name)
			default:
				if name == root {
					f.watch(filepath.Dir(root))
				}
				if info, err := os.Stat(name); err == nil {
					fmt.Fprintln(sum, name, info.Size(), info.ModTime().UnixNano())
				}
			}
			return nil
		})
	}
	return string(sum.Sum(nil))
}

func (f *Files) watch(folder string) {
	if f.watcher != nil {
		_ = f.watcher.Add(folder) // without a notice it takes until the next look
	}
}
