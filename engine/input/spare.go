package input

import (
	"spoor/engine/column"
	"spoor/engine/input/format"
)

// spare is another field at work, the value of which may be enough.
type spare struct {
	slot   int
	enough func(text string) bool
	column *texts // of that field; nil: there is none, and enough is not asked

	dict  *column.Dictionary // of the texts that were asked about
	said  []answer           // by code
	asked int
}

// answer is what was said of a text.
type answer uint8

const (
	unasked answer = iota
	tooLittle
	sufficient
)

// mostTexts is how many are asked about: more would cost more than they spare.
const mostTexts = 1 << 13

// by says whether the value in a row, the last one of the columns, is enough.
func (s *spare) by(c *format.Cell, row int) bool {
	switch {
	case !c.Set:
		return false
	case s.enough == nil:
		return true
	case s.column == nil:
		return false
	}
	dict, code := s.column.at(row)
	if code == 0 {
		return false
	}
	if dict != s.dict {
		s.dict, s.said = dict, nil
	}
	for int(code) >= len(s.said) {
		s.said = append(s.said, unasked)
	}
	if s.said[code] == unasked && s.asked < mostTexts {
		s.asked++
		s.said[code] = tooLittle
		if s.enough(string(c.Text)) {
			s.said[code] = sufficient
		}
	}
	return s.said[code] == sufficient
}
