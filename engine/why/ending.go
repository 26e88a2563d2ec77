package why

import (
	"fmt"
	"strings"
	"time"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// because is how a sequence ended, in a sentence.
func (e *Ending) because(n *plan.Sequence) string {
	next, within := e.Next+1, ""
	if n.MaxSpan > 0 {
		within = " within " + short(n.MaxSpan)
	}
	switch e.End {
	case Late:
		return fmt.Sprintf("stage %d came %s too late: %s after stage %d, and maxspan is %s", next, short(e.Late), short(e.Gap), e.Events[0].Stage+1, short(n.MaxSpan))
	case Replaced:
		return fmt.Sprintf("a newer event of stage %d (%s) took its place before one of stage %d came", e.By.Stage+1, e.By.place(), next)
	case Stopped:
		return fmt.Sprintf("the event of until (%s) came before one of stage %d", e.By.place(), next)
	case Unwanted:
		return fmt.Sprintf("an event came that must not be there, of stage %d (%s)", e.By.Stage+1, e.By.place())
	case Orphan:
		return fmt.Sprintf("the event is stage %d, but no event of stage %d came before it%s%s%s", e.By.Stage+1, next, within, with(e.By.Keys), e.strange())
	}
	last := e.Events[len(e.Events)-1]
	if last.Stage == e.Next {
		have := 0
		for _, m := range e.Events {
			if m.Stage == e.Next {
				have++
			}
		}
		return fmt.Sprintf("%d of %d events of stage %d are there, but no further one followed%s%s%s", have, n.Stages[e.Next].Runs, next, within, with(e.Events[0].Keys), e.strange())
	}
	return fmt.Sprintf("stage %d is there, but no event of stage %d followed%s%s%s", last.Stage+1, next, within, with(e.Events[0].Keys), e.strange())
}

// short is a duration without the parts that are nothing.
func short(d time.Duration) string {
	text := d.String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}

// strange says what there was in place of the event that was waited for.
func (e *Ending) strange() string {
	switch {
	case len(e.Others) > 0:
		return fmt.Sprintf("; one with other keys is there (%s)%s", e.Others[0].place(), with(e.Others[0].Keys))
	case e.Instead != nil:
		return fmt.Sprintf("; what came nearest is %s: %s", e.Instead.place(), reason(e.Instead.Condition))
	}
	return ""
}

func (m *Member) place() string {
	if m.Line > 0 {
		return fmt.Sprintf("%s:%d", m.File, m.Line)
	}
	_, offset := column.UnpackPosition(m.Position)
	return fmt.Sprintf("%s@%d", m.File, offset)
}
