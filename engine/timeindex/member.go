package timeindex

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"spoor/engine/input"
	"spoor/grammar/source"
)

// Member is a file that was looked at. Of its Input just the whole records are read, and of these just those that the time searched may hold.
type Member struct {
	Input   input.Input
	Key     Key
	End     int64 // behind the last whole record, in decoded bytes
	Tail    Tail
	Growing bool   // it may be written to: a last line without an end is left for later
	Failed  error  // why it could not be read, or not to its end; what was read before is known nevertheless
	Within  string // the path of another member that holds all of its text: it is read there
	Anew    bool   // all of it was looked at: what others keep of a log that begins and ends alike may be wrong

	log     *log
	now     int64
	options input.Config
	info    os.FileInfo
	wrapped bool

	mu    sync.Mutex
	since map[int64][2]int64
	tails map[int64]Tail
}

// Bounds is the first and the last time of its records; ok is false if none has one.
func (m *Member) Bounds() (first, last int64, ok bool) {
	if m.log == nil {
		return 0, 0, false
	}
	first, last = times(m.log.blocks)
	return first, last, first <= last
}

// Ranges is where records can be whose time is from earliest to before latest.
func (m *Member) Ranges(earliest, latest int64) []input.Range {
	return m.log.ranges(earliest, latest, m.now)
}

// Since is the first and the last time of the records behind an offset at which one begins; ok is false if none has one.
func (m *Member) Since(offset int64) (first, last int64, ok bool) {
	if m.log == nil || offset >= m.End || len(m.log.blocks) == 0 {
		return 0, 0, false
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	span, known := m.since[offset]
	if !known {
		span = m.timesFrom(offset)
		if m.since == nil {
			m.since = map[int64][2]int64{}
		}
		m.since[offset] = span
	}
	return span[0], span[1], span[0] <= span[1]
}

// timesFrom reads the records of the block that an offset is in. If that fails, it is as if all of them were behind the offset.
func (m *Member) timesFrom(offset int64) [2]int64 {
	i := m.log.at(offset)
	if offset <= m.log.blocks[i].from {
		first, last := times(m.log.blocks[i:])
		return [2]int64{first, last}
	}
	first, last := times(m.log.blocks[i+1:])
	in := m.Input
	in.Bounds = &input.Range{From: offset, To: m.log.to(i)}
	_, err := input.Times(context.Background(), in, offset, true, 1, m.options, func(p input.Part) error {
		first, last = min(first, p.First), max(last, p.Last)
		return nil
	})
	if err != nil {
		first, last = times(m.log.blocks[i:])
	}
	return [2]int64{first, last}
}

// Keys is all keys that a position in its text may have.
func (m *Member) Keys() []Key {
	if m.log == nil {
		return nil
	}
	return m.log.heads
}

// Seen says up to where its text is that of a log with a key, an end and what stands before that. It is not if ok is false.
func (m *Member) Seen(key Key, end int64, tail Tail) (offset int64, ok bool) {
	if m.log == nil || end <= 0 || end > m.End || !m.log.heads.has(key) {
		return 0, false
	}
	own, err := m.tailAt(end)
	return end, err == nil && own == tail
}

// Settled is up to where its text will not change, nor how it is understood.
func (m *Member) Settled() int64 {
	switch {
	case m.log == nil || m.End < layoutSize:
		return 0
	case m.log.open:
		return m.log.until().end
	}
	return m.End
}

// Cut is where a record begins, or the text ends, at least so many bytes behind an offset. A compressed text is not cut.
func (m *Member) Cut(offset, size int64) int64 {
	if m.log == nil || m.wrapped || offset+size >= m.End {
		return m.End
	}
	return m.log.to(m.log.at(offset + size - 1))
}

// Mark is what says up to an offset which log it is, as Seen takes it.
func (m *Member) Mark(offset int64) (Key, Tail, error) {
	if m.log == nil {
		return Key{}, Tail{}, errors.New("was not looked at")
	}
	tail, err := m.tailAt(offset)
	return m.log.heads.of(offset), tail, err
}

func (m *Member) tailAt(end int64) (Tail, error) {
	if end == m.End {
		return m.Tail, nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if t, known := m.tails[end]; known {
		return t, nil
	}
	t, err := m.readTail(end)
	if err == nil {
		if m.tails == nil {
			m.tails = map[int64]Tail{}
		}
		m.tails[end] = t
	}
	return t, err
}

func (m *Member) readTail(end int64) (Tail, error) {
	if m.wrapped {
		return tailIn(m.Input, end)
	}
	file, err := m.Input.Open()
	if err != nil {
		return Tail{}, err
	}
	defer file.Close()
	return tailAt(file, end)
}

// open opens a regular file; it does not wait for a pipe that took its name.
func open(path string) (*os.File, os.FileInfo, error) {
	file, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if errors.Is(err, fs.ErrNotExist) {
		file, err = os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0) // log rotation leaves a moment without the name
	}
	if err != nil {
		return nil, nil, errors.New(source.Reason(err))
	}
	info, err := file.Stat()
	switch {
	case err != nil:
		err = errors.New(source.Reason(err))
	case info.IsDir():
		err = errors.New("is a folder now")
	case !info.Mode().IsRegular():
		err = errors.New("is no file any more")
	}
	if err != nil {
		file.Close()
		return nil, nil, err
	}
	return file, info, nil
}

// opened opens the file that was looked at, whatever it is called by now.
func opened(path string, was os.FileInfo) (*os.File, error) {
	file, info, err := open(path)
	if err == nil && os.SameFile(info, was) {
		return file, nil
	}
	if err == nil {
		file.Close()
		err = errors.New("was replaced since it was looked at")
	}
	folder := filepath.Dir(path)
	entries, _ := os.ReadDir(folder)
	for _, e := range entries {
		info, wrong := e.Info()
		if wrong != nil || !os.SameFile(info, was) {
			continue
		}
		if file, info, wrong := open(filepath.Join(folder, e.Name())); wrong == nil {
			if os.SameFile(info, was) {
				return file, nil
			}
			file.Close()
		}
	}
	return nil, err
}

// settled is for how long a file must not have been written to for its last line to be whole without an end.
const settled = time.Hour
