package engine

import "spoor/engine/input"

// reading is a scan, or a pass over the inputs that several programs share.
type reading interface {
	Ledger() *input.Ledger
	Bytes() int64
	Total() int64
}

// opened notes a reading of the inputs. A search within a search, or a second branch, has one of its own.
func (r *Result) opened(s reading) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.scans = append(r.scans, s)
}

// read notes the kinds of events that a scan read.
func (r *Result) read(kinds map[string]int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for kind, n := range kinds {
		r.kinds[kind] = r.kinds[kind] || n > 0
	}
}

// met says whether events of a kind were read.
func (r *Result) met(kind string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.kinds[kind]
}

// Ledger accounts for what was read; it is empty before the first row was asked for. Of a search that reads its inputs several times
// it counts every reading.
func (r *Result) Ledger() *input.Ledger {
	r.mu.Lock()
	defer r.mu.Unlock()
	sum := &input.Ledger{}
	for _, s := range r.scans {
		sum.Add(s.Ledger())
	}
	return sum
}

// Progress is the bytes read so far and the bytes to read, -1 if that is not known.
func (r *Result) Progress() (done, total int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.scans) == 0 {
		return 0, -1
	}
	for _, s := range r.scans {
		done += s.Bytes()
	}
	if total = r.scans[len(r.scans)-1].Total(); total < 0 {
		return done, -1
	}
	return done, total * int64(max(r.most, len(r.scans)))
}
