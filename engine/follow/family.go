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

// past is what was read of a log that is gone: it may come back compressed.
type past struct {
	family     string
	head, tail []byte
	pos        int64
}

// mostPast is how many logs that are gone are remembered.
const mostPast = 4096

func (l *log) past() past {
	if l.family.path != l.path {
		l.family.path, l.family.name = l.path, family(l.path)
	}
	return past{l.family.name, l.head, l.tail, l.pos}
}

// holds says whether a log's text begins with what was read of another, or may once it is written to its end.
func (l *log) holds(p past) (all, perhaps bool) {
	if p.pos == 0 || p.family != l.past().family {
		return false, false
	}
	head := l.beginning()
	n := min(len(head), len(p.head))
	if n == 0 || !bytes.Equal(head[:n], p.head[:n]) {
		return false, false
	}
	return len(head) >= len(p.head) && bytes.Equal(l.before(p.pos), p.tail), int64(len(head)) < p.pos
}

// rotated says whether a name may be that of an older part of a log.
func rotated(path string) bool { return !strings.HasSuffix(family(path), "/"+filepath.Base(path)) }
