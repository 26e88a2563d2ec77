package input

import "spoor/engine/input/format"

// spare is another field at work, the value of which may be enough.
type spare struct {
	slot   int
	enough func(text string) bool
	known  map[string]bool // what it said; nil once there were too many texts
}

// What is asked of too many texts costs more than it spares, and what is asked of long ones more memory.
const (
	mostTexts   = 1 << 13
	longestText = 1 << 10
)

// by says whether a value is enough.
func (s *spare) by(c *format.Cell) bool {
	switch {
	case !c.Set:
		return false
	case s.enough == nil:
		return true
	case s.known == nil || len(c.More) > 0 || len(c.Text) > longestText:
		return false
	}
	enough, met := s.known[string(c.Text)]
	if !met && len(s.known) == mostTexts {
		s.known = nil
		return false
	}
	if !met {
		text := string(c.Text)
		enough = s.enough(text)
		s.known[text] = enough
	}
	return enough
}
