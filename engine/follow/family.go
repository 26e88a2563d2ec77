package follow

import (
	"bytes"
	"path/filepath"
	"regexp"
	"strings"
)

var (
	ofArchives = regexp.MustCompile(`\.(gz|zst|bz2|xz|lz4)$`)
	ofTurns    = regexp.MustCompile(`[.-](\d{1,5}|\d{4}-?\d\d-?\d\d([T_.-]?\d\d[.:-]?\d*[.:-]?\d*)?|\d{9,10}|old|bak)$`)
	ofDates    = regexp.MustCompile(`[.-]\d{4}-?\d\d-?\d\d([T_.-]?\d\d[.:-]?\d*[.:-]?\d*)?(\.\w+)$`)
)

// family is what the names of a log and of what it becomes have in common: syslog, syslog.1 and syslog-20261121.gz are syslog.
func family(path string) string {
	dir, name := filepath.Split(path)
	name = ofArchives.ReplaceAllString(name, "")
	for {
		shorter := ofDates.ReplaceAllString(ofTurns.ReplaceAllString(name, ""), "$2")
		if shorter == name || shorter == "" {
			return filepath.Clean(dir) + "/" + name
		}
		name = shorter
	}
}

// rotated says whether a name may be that of an older part of a log.
func rotated(path string) bool { return !strings.HasSuffix(family(path), "/"+filepath.Base(path)) }

// past is what was read of a log that is gone: its text may be found again elsewhere.
type past struct {
	family     string
	head, tail []byte
	pos        int64

	path    string
	name    string // to be shown
	missing int64  // bytes behind pos that were there
	twice   bool   // it was emptied while these were read
	since   int    // the look by the clock when it went
}

func (l *log) past() past {
	if l.family.path != l.path {
		l.family.path, l.family.name = l.path, family(l.path)
	}
	return past{family: l.family.name, head: l.head, tail: l.tail, pos: l.pos, path: l.path, name: l.name}
}

// holds says whether a log's text begins with what was read of another.
func (l *log) holds(p past) bool {
	return l.length() >= p.pos && p.family == l.past().family && alike(l.head, p.head) && bytes.Equal(l.before(p.pos), p.tail)
}

// within says whether all of a log's text stands in another as well.
func (l *log) within(o *log) bool {
	n := l.length()
	return n > 0 && n <= o.length() && l.past().family == o.past().family && alike(l.head, o.head) && bytes.Equal(l.before(n), o.before(n))
}

// alike says whether two texts begin alike, as far as it is known how they do.
func alike(a, b []byte) bool {
	n := min(len(a), len(b))
	return n > 0 && bytes.Equal(a[:n], b[:n])
}
