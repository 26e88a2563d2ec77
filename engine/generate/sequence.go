package generate

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
)

// A cue says to the millisecond what a process of a sequence does. In a .scenes file its details are:
//
//   - at SECONDS           it starts so long after the scene begins; without this, when the scene begins
//   - connect at SECONDS   it connects to somewhere
//   - end at SECONDS       its end is logged; without this perhaps, and later
//   - first                its start is the first event of the sequence; any connection is the second
//   - accepted             its connection comes from outside
//   - unlogged             its start is not logged
//   - reuses               it has the number of the process before it on its level
//   - elsewhere            it runs on another host, whose ids are copies of those of the scene's host
type cue struct {
	start, connect, end                          int64 // in microseconds; negative: never
	first, accepted, unlogged, reuses, elsewhere bool
}

func newCue() *cue { return &cue{connect: -1, end: -1} }

func (c *cue) detail(text string) error {
	word, rest, _ := strings.Cut(text, " ")
	switch word {
	case "at":
		return seconds(&c.start, rest)
	case "connect", "end":
		at, ok := strings.CutPrefix(rest, "at ")
		if !ok {
			return fmt.Errorf("%q does not say when", text)
		}
		if word == "end" {
			return seconds(&c.end, at)
		}
		return seconds(&c.connect, at)
	case "first":
		c.first = true
	case "accepted":
		c.accepted = true
	case "unlogged":
		c.unlogged = true
	case "reuses":
		c.reuses = true
	case "elsewhere":
		c.elsewhere = true
	default:
		return fmt.Errorf("unknown detail %q of a sequence", word)
	}
	return nil
}

func seconds(to *int64, text string) error {
	s, err := strconv.ParseFloat(text, 64)
	*to = int64(math.Round(s * 1e6))
	return err
}

// verdict reads what a detection makes of the sequence of the scene.
func (p *sceneReader) verdict(text string) error {
	s := &p.scenes[len(p.scenes)-1]
	if len(s.steps) > 0 {
		return fmt.Errorf("a verdict after the first process")
	}
	word, rest, _ := strings.Cut(text, " ")
	verdict, form, _ := strings.Cut(word, "-")
	if verdict != "must" && verdict != "miss" {
		return fmt.Errorf("unknown verdict %q", word)
	}
	m := p.mark(verdict, rest)
	m.form = form
	s.verdicts = append(s.verdicts, *m)
	return nil
}

// sequenceEvents is how many events there are for one sequence, at the usual density.
const sequenceEvents = 4000

// A cycle plants the scenes of sequences in turn, one every so many events.
type cycle struct {
	scenes     []scene
	turn       int // which scene is next
	planted    int
	every, due float64
}

func newCycle(r *rand.Rand, density float64, events int, images *catalog) *cycle {
	if density == 0 {
		return nil
	}
	c := &cycle{scenes: readScenes("systemd", images), every: sequenceEvents / density}
	c.turn, c.due = r.IntN(len(c.scenes)), min(r.ExpFloat64()*c.every, float64(events)/4)
	return c
}

// sequences plants on h what is due.
func (w *world) sequences(h *host, at int64) {
	for w.cycle != nil && float64(w.emitted) >= w.cycle.due {
		back := w.dice.aside()
		c := w.cycle
		c.due += w.r.ExpFloat64() * c.every
		s := &c.scenes[c.turn%len(c.scenes)]
		c.turn++
		if len(w.hosts) > 1 || !s.needsAnother() {
			w.perform(s, h, at)
		}
		back()
	}
}

func (s *scene) needsAnother() bool {
	return slices.ContainsFunc(s.steps, func(st *step) bool { return st.cue.elsewhere })
}

// perform puts the events of a sequence into the queue. Its processes are not among the recent ones of the host: whatever
// else they did might make another sequence.
func (w *world) perform(s *scene, h *host, at int64) {
	w.cycle.planted++
	marks := s.marking(w.cycle.planted)
	var procs [maxSteps]*process
	var above [maxSteps]int
	for i, st := range s.steps {
		where, parent, c := h, h.daemons[s.from], st.cue
		if st.level > 0 {
			parent = procs[above[st.level-1]]
		}
		if c.elsewhere {
			where = w.hosts[(slices.Index(w.hosts, h)+1)%len(w.hosts)]
		}
		p := w.cast(s, st, where, parent, at+c.start)
		p.origin = h
		if c.reuses {
			p.pid = procs[above[st.level]].pid
		}
		procs[i], above[st.level] = p, i
		w.act(p, where, at, marks)
	}
}

// cast makes the process of a step.
func (w *world) cast(s *scene, st *step, h *host, parent *process, at int64) *process {
	p := &process{pid: h.nextScenePID(), parent: parent, step: st, session: noSession, image: st.image, owner: h.account(s.as)}
	p.command = w.words.expand(st.command)
	p.argv0, _, _ = strings.Cut(p.command, " ")
	p.directory = w.words.directory(p.owner)
	p.start = uint32((at/1000 - h.drift) / 1000)
	p.key = p.image.end(w.r)
	return p
}

// act puts into the queue what a process does in a scene that begins at a time.
func (w *world) act(p *process, h *host, at int64, marks marking) {
	c := p.step.cue
	if !c.unlogged {
		stage := 0
		if c.first {
			stage = 1
		}
		w.queue.push(pending{at: at + c.start, kind: create, host: h, proc: p, mark: marks.of(stage)})
	}
	if c.connect >= 0 {
		w.queue.push(pending{at: at + c.connect, kind: connect, host: h, proc: p, mark: marks.of(2)})
	}
	if c.end >= 0 {
		w.queue.push(pending{at: at + c.end, kind: terminate, host: h, proc: p})
	} else {
		w.finish(p.step, h, p, at+max(c.start, c.connect)+w.lifetime(), true)
	}
}

// A marking makes the marks of the events of one sequence.
type marking struct {
	scene          *scene
	number, events int
}

func (s *scene) marking(number int) marking {
	m := marking{scene: s, number: number}
	for _, st := range s.steps {
		if !st.cue.unlogged {
			m.events++
		}
		if st.cue.connect >= 0 {
			m.events++
		}
	}
	return m
}

// of makes the marks of one event, linked: one for each detection.
func (m marking) of(stage int) *mark {
	var all *mark
	for _, v := range slices.Backward(m.scene.verdicts) {
		v.sequence, v.stage, v.events, v.next = m.number, stage, m.events, all
		v.match = v.match && stage > 0
		all = &v
	}
	return all
}
