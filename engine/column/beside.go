package column

import (
	"slices"
	"sync"
)

// beside is dictionaries that were derived from another one, by who derived them. They stand beside it rather than with who reads them: nobody who
// has not come to see a newer dictionary yet keeps an old one, and all that was made of it, in memory.
type beside struct {
	mu sync.Mutex
	by map[any]*results
}

// results is a dictionary of results, and the constants with which they were computed.
type results struct {
	Dictionary
	consts []Value
}

// Beside is the dictionary in which somebody keeps what it derives from the entries; it goes when they go.
func (d *Dictionary) Beside(who any) *Dictionary { return d.resultsOf(who, nil) }

// resultsOf is Beside for results that depend on constants: of other ones none are left.
func (d *Dictionary) resultsOf(who any, consts []Value) *Dictionary {
	b := &d.beside
	b.mu.Lock()
	defer b.mu.Unlock()
	r := b.by[who]
	if r == nil || !slices.EqualFunc(r.consts, consts, same) {
		r = &results{consts: consts}
		if b.by == nil {
			b.by = map[any]*results{}
		}
		b.by[who] = r
	}
	return &r.Dictionary
}
