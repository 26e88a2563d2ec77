package generate

import "math/rand/v2"

// dice are random numbers in two streams. Sequences are played from the second one, so that planting them changes nothing
// of what else happens.
type dice struct{ current, first, second *rand.PCG }

func newDice(seed uint64) *dice {
	d := &dice{first: rand.NewPCG(seed, 0x73706f6f72), second: rand.NewPCG(seed, 0x73657175656e6365)}
	d.current = d.first
	return d
}

// Uint64 is the next number of the current stream.
func (d *dice) Uint64() uint64 { return d.current.Uint64() }

// aside turns to the second stream, until the function that it returns is called.
func (d *dice) aside() (back func()) {
	before := d.current
	d.current = d.second
	return func() { d.current = before }
}
