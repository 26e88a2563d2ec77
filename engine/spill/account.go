package spill

// Account is the memory of one holder. It belongs to one worker at a time. A nil Account has no limit.
type Account struct {
	space *Space
	held  int64
}

// Grow takes n more bytes, or gives some back if n is negative. It is false if the holder should put away what it has: all holders together
// are over the limit, and this one has its share. An even share is the limit divided by the holders, and one that has less than half of it
// may always grow: others, who hold more, will put theirs away.
func (a *Account) Grow(n int) bool {
	if a == nil {
		return true
	}
	before := a.held
	a.held += int64(n)
	switch {
	case before == 0 && a.held > 0:
		a.space.holders.Add(1)
	case before > 0 && a.held == 0:
		a.space.holders.Add(-1)
	}
	return a.space.held.Add(int64(n)) <= a.space.limit || 2*a.held*a.space.holders.Load() < a.space.limit
}

// Hold is Grow to a number of bytes.
func (a *Account) Hold(n int) bool {
	if a == nil {
		return true
	}
	return a.Grow(n - int(a.held))
}

// Release gives all back.
func (a *Account) Release() { a.Hold(0) }

// Take takes over what another account holds.
func (a *Account) Take(from *Account) {
	if a == nil {
		return
	}
	n := int(from.held)
	from.Release()
	a.Grow(n)
}
