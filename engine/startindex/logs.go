package startindex

import (
	"context"
	"slices"

	"github.com/zeebo/xxh3"

	"spoor/engine/input"
	"spoor/engine/timeindex"
)

// Logs is the index of the logs of a search.
type Logs struct {
	folder  *Folder
	members []*timeindex.Member
	known   map[which][]*part
}

// which is a log, and a definition of processes.
type which struct {
	definition [16]byte
	log        int
}

// Reading looks for events that start or end processes in a part of one of the logs, and notes what tells which process, and where the event begins.
type Reading = func(ctx context.Context, log int, within input.Range, note func(process uint64, offset int64)) error

// Find is where events that start or end some processes stand, by log, each list sorted, and perhaps a few others. The definition names all
// that decides which events these are, and what read makes of them: it looks at what was not read before. If that fails, ok is false.
func (l *Logs) Find(ctx context.Context, definition string, processes []uint64, read Reading) (at map[int][]int64, ok bool) {
	f := l.folder
	f.mu.Lock()
	defer f.mu.Unlock()
	who := make([]int64, len(processes))
	for i, p := range processes {
		who[i] = narrow(p)
	}
	slices.Sort(who)
	who = slices.Compact(who)
	at = map[int][]int64{}
	for i := range l.members {
		of := which{xxh3.HashString128(definition).Bytes(), i}
		parts, err := l.parts(ctx, of, read)
		if err != nil {
			return nil, false
		}
		var offsets []int64
		for _, p := range parts {
			offsets, err = p.find(who, offsets)
			if p.shut(); err != nil {
				f.say("starts-damaged", p.name(), err)
				f.drop(p)
				delete(l.known, of)
				return nil, false
			}
		}
		if len(offsets) > 0 {
			slices.Sort(offsets)
			at[i] = slices.Compact(offsets)
		}
	}
	return at, true
}

// parts is the parts of a log, one behind the other from its beginning to its end.
func (l *Logs) parts(ctx context.Context, of which, read Reading) ([]*part, error) {
	if list, known := l.known[of]; known {
		return list, nil
	}
	m := l.members[of.log]
	list := l.folder.chain(of.definition, m)
	at, settled := end(list), m.Settled()
	for at < settled {
		to := min(m.Cut(at, l.folder.options.PartSize), settled)
		p, err := l.learn(ctx, of, input.Range{From: at, To: to}, read, l.folder.keep)
		if err != nil {
			return nil, err
		}
		l.folder.parts = append(l.folder.parts, p)
		list, at = l.merge(append(list, p)), to
	}
	for _, p := range list {
		l.folder.touch(p)
	}
	if at < m.End {
		p, err := l.learn(ctx, of, input.Range{From: at, To: m.End}, read, inMemory)
		if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	l.known[of] = list
	return list, nil
}

func end(list []*part) int64 {
	if len(list) == 0 {
		return 0
	}
	return list[len(list)-1].To
}

// learn reads a part of a log.
func (l *Logs) learn(ctx context.Context, of which, within input.Range, read Reading, keep func(head, func(func(entry) bool)) (*part, error)) (*part, error) {
	m := l.members[of.log]
	var list []entry
	err := read(ctx, of.log, within, func(process uint64, offset int64) { list = append(list, entry{narrow(process), offset}) })
	if err != nil {
		return nil, err
	}
	slices.SortFunc(list, entry.compare)
	h := head{Build: l.folder.build, Definition: of.definition, From: within.From, To: within.To, Entries: int64(len(list))}
	if h.Key, h.Tail, err = m.Mark(within.To); err != nil {
		return nil, err
	}
	if within.From > 0 {
		if _, h.Before, err = m.Mark(within.From); err != nil {
			return nil, err
		}
	}
	return keep(h, slices.Values(list))
}

// chain is what is kept of a log: the parts that follow each other from its beginning and reach farthest.
func (f *Folder) chain(definition [16]byte, m *timeindex.Member) (best []*part) {
	settled := m.Settled()
	for _, last := range f.parts {
		if last.Definition != definition || last.To > settled || last.To <= end(best) {
			continue
		}
		list := f.before(last)
		if list == nil {
			continue
		}
		if _, same := m.Seen(last.Key, last.To, last.Tail); same {
			best = list
		}
	}
	return best
}

// before is the parts that a part goes on from, and itself; nil if one is missing.
func (f *Folder) before(last *part) []*part {
	list := []*part{last}
	for at := last; at.From > 0; {
		i := slices.IndexFunc(f.parts, func(p *part) bool { return p.Definition == at.Definition && p.To == at.From && p.Tail == at.Before })
		if i < 0 {
			return nil
		}
		at = f.parts[i]
		list = append(list, at)
	}
	slices.Reverse(list)
	return list
}

// merge makes one of the last parts as long as they are not much smaller than the one before them, so that there are always few.
func (l *Logs) merge(list []*part) []*part {
	const fewer = 3
	first, sum := len(list)-1, int64(0)
	for ; first > 0; first-- {
		if sum += list[first].Entries; list[first-1].Entries > fewer*sum || l.shared(list[first-1]) {
			break
		}
	}
	old := list[first:]
	if len(old) == 1 {
		return list
	}
	h := old[len(old)-1].head
	h.From, h.Before, h.Entries = old[0].From, old[0].Before, 0
	for _, p := range old {
		h.Entries += p.Entries
	}
	var failed error
	one, err := l.folder.keep(h, all(old, &failed))
	if failed != nil || err != nil {
		return list // what cannot be read says so when it is asked
	}
	for _, p := range old {
		l.folder.drop(p)
	}
	l.folder.parts = append(l.folder.parts, one)
	return append(list[:first:first], one)
}

// shared says whether a part is one of another log too.
func (l *Logs) shared(p *part) bool {
	for _, list := range l.known {
		if slices.Contains(list, p) {
			return true
		}
	}
	return false
}

// name is where a part is kept.
func (p *part) name() string {
	if s, kept := p.text.(*stored); kept {
		return s.path
	}
	return "what was read just now"
}
