package timeindex

import (
	"path/filepath"
	"strings"
	"time"
)

// Bounds of what is known of logs that are not there any more, and of how often the index is written for nothing but that they are.
const (
	forgotten = 30 * 24 * time.Hour
	aDay      = 24 * time.Hour
)

// identity is what makes a log another one.
type identity struct {
	key         Key
	end         int64
	tail, print Tail
	clock       uint64
}

func (l *log) identity() identity { return identity{l.key, l.end, l.tail, l.print, l.clock} }

// keep makes known what was found, beside what was not looked at this time.
func (l *look) keep() {
	f, now := l.folder, l.options.Now.UnixNano()
	have, replaced := map[identity]bool{}, map[*log]bool{}
	used := map[identity]int64{} // of those that were known before
	old := f.all()
	for _, x := range old {
		used[x.identity()] = x.used
	}
	var all []*log
	add := func(x *log) {
		if id := x.identity(); x.end > 0 && !have[id] {
			have[id] = true
			all = append(all, x)
		}
	}
	for _, x := range l.files {
		if x.log == nil || x.Failed != nil {
			continue
		}
		kept := *x.log
		kept.used, kept.file = now, stampOf(x.info)
		if !x.wrapped {
			kept.heads = nil
		}
		before, known := used[kept.identity()]
		f.saved = f.saved && (kept.end == 0 || known && now-before < int64(aDay))
		add(&kept)
		replaced[x.known] = true
	}
	for _, x := range old {
		if now-x.used < int64(forgotten) && !replaced[x] {
			add(x)
		}
	}
	f.put(all)
	f.save()
}

// crowd is how many members that begin alike are too many to look in each for the ends of all others.
const crowd = 64

// contain finds members whose text is part of another's, as while a file is being compressed, or of a copy: it is read there, once.
func contain(members []*Member) {
	by := map[Key][]int{}
	for i, m := range members {
		if m.log == nil {
			continue
		}
		for _, key := range m.log.heads {
			by[key] = append(by[key], i)
		}
	}
	for i, m := range members {
		if m.Failed != nil && m.wrapped && m.compressedNow(members) || m.End == 0 {
			continue
		}
		alike := by[m.Key]
		for _, j := range alike {
			other := members[j]
			if len(alike) > crowd && other.End != m.End || j == i || other.Within != "" || other.End < m.End || other.End == m.End && !other.before(m, j < i) {
				continue
			}
			if _, same := other.Seen(m.Key, m.End, m.Tail); same {
				m.within(other)
				break
			}
		}
	}
}

// before says whether of two members with the same text this is the one to read; first says that it comes first.
func (m *Member) before(other *Member, first bool) bool {
	switch {
	case (m.Failed == nil) != (other.Failed == nil):
		return m.Failed == nil
	case m.wrapped != other.wrapped:
		return other.wrapped
	}
	return first
}

// within makes the member one that is read with another.
func (m *Member) within(other *Member) {
	m.Within, m.Failed = other.Input.Path, nil
	m.Input.Bounds, m.Input.Index = nothing(), nil
}

// compressedNow says whether the member is an archive that is not finished, of another member.
func (m *Member) compressedNow(members []*Member) bool {
	name := strings.TrimSuffix(m.Input.Path, filepath.Ext(m.Input.Path))
	for _, other := range members {
		if other.Input.Path == name && other.log != nil && !other.wrapped && (m.End == 0 || other.log.heads.has(m.Key)) {
			m.within(other)
			return true
		}
	}
	return false
}
