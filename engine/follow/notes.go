package follow

import (
	"errors"
	"os"
	"sync"
	"syscall"

	"github.com/fsnotify/fsnotify"

	"spoor/grammar/source"
)

// Notifier tells of changes in folders.
type Notifier interface {
	Add(dir string) error
	// Events is the paths that changed; an empty one says that some were missed.
	Events() <-chan string
	Close() error
}

// watching is a Notifier of the system.
type watching struct {
	*fsnotify.Watcher
	events chan string
}

func system() (Notifier, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	out := &watching{w, make(chan string, 64)}
	go out.run()
	return out, nil
}

func (w *watching) run() {
	defer close(w.events)
	for {
		select {
		case e, ok := <-w.Watcher.Events:
			if !ok {
				return
			}
			w.events <- e.Name
		case _, ok := <-w.Errors: // a queue that overflowed, or worse
			if !ok {
				return
			}
			w.events <- ""
		}
	}
}

func (w *watching) Events() <-chan string { return w.events }

// notes is what changed since somebody asked, and which folders are watched for it.
type notes struct {
	notifier Notifier // nil: there is none
	tell     func(string, *source.Diagnostic)
	watched  map[string]identity // another folder may take a name
	polling  bool                // some folder must be looked at by the clock
	changed  chan struct{}       // has something once there are paths
	gone     sync.WaitGroup

	mu    sync.Mutex
	paths map[string]bool
	all   bool
}

func newNotes(o Options, tell func(string, *source.Diagnostic)) *notes {
	n := &notes{tell: tell, polling: o.Polling, watched: map[string]identity{}, changed: make(chan struct{}, 1), paths: map[string]bool{}}
	if o.Polling {
		return n
	}
	notifier, err := o.Notify()
	if err != nil {
		n.limit("", err)
		return n
	}
	n.notifier = notifier
	n.gone.Go(n.run)
	return n
}

func (n *notes) run() {
	for path := range n.notifier.Events() {
		n.mu.Lock()
		n.all = n.all || path == ""
		n.paths[path] = true
		n.mu.Unlock()
		select {
		case n.changed <- struct{}{}:
		default:
		}
	}
}

// take is the paths that changed since the last time. all says that anything may have changed.
func (n *notes) take() (paths map[string]bool, all bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	paths, all = n.paths, n.all
	n.paths, n.all = map[string]bool{}, false
	return paths, all
}

// watch watches folders, and forgets those that are not among them: they are gone.
func (n *notes) watch(dirs map[string]bool) {
	for dir := range n.watched {
		if !dirs[dir] {
			delete(n.watched, dir)
		}
	}
	if n.notifier == nil {
		return
	}
	for dir := range dirs {
		info, err := os.Stat(dir)
		if err != nil || n.watched[dir] == identityOf(info) {
			continue
		}
		n.watched[dir] = identityOf(info)
		if silent(dir) {
			n.poll(dir, "nothing tells of changes on the file system of "+dir)
			continue
		}
		if err := n.notifier.Add(dir); err != nil {
			n.limit(dir, err)
		}
	}
}

// limit says why a folder is looked at by the clock. One that is gone meanwhile is tried again.
func (n *notes) limit(dir string, err error) {
	switch {
	case errors.Is(err, syscall.ENOENT):
		delete(n.watched, dir)
	case errors.Is(err, syscall.ENOSPC):
		n.poll("limit", "the limit of folders that the system tells of changes in is reached (fs.inotify.max_user_watches)")
	case errors.Is(err, syscall.EMFILE):
		n.poll("limit", "the limit of watchers or of open files is reached (fs.inotify.max_user_instances, ulimit -n)")
	default:
		n.poll(dir, "nothing tells of changes: "+source.Reason(err))
	}
}

// polled begins what is told of a folder that is looked at by the clock, lest that is taken for what is told of the folder itself.
const polled = "poll "

func (n *notes) poll(path, why string) {
	n.polling = true
	n.tell(polled+path, source.Warnf(source.Span{}, "polling", "%s", why).WithHint("it is looked at twice a second instead"))
}

func (n *notes) close() {
	if n.notifier != nil {
		_ = n.notifier.Close()
		n.gone.Wait()
	}
}
