package main

import "spoor/engine/column"

// most keeps the first rows of an answer.
type most struct {
	rows int  // 0: all
	more bool // there were others
}

func (m *most) of(rows column.Stream) column.Stream {
	if m.rows == 0 {
		return rows
	}
	return func(yield func(*column.Batch, error) bool) {
		left := m.rows
		for b, err := range rows {
			if err == nil && b.Rows > left {
				b, m.more = b.Slice(0, left), true
			}
			if empty := err == nil && b.Rows == 0 && m.more; !empty && !yield(b, err) || err != nil || m.more {
				return
			}
			left -= b.Rows
		}
	}
}

// tell says that there were others, and gives the exit code for it.
func (m *most) tell(s *shell) exit {
	if !m.more {
		return done
	}
	verb := "are"
	if m.rows == 1 {
		verb = "is"
	}
	s.say("warning: only the first %s %s given, and there are more: --max-rows", plural(int64(m.rows), "row"), verb)
	return limited
}
