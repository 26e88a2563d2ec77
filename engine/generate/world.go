package generate

import (
	"math"
	"math/rand/v2"
)

// A world is the simulation: arrivals begin scenes and events, whose consequences wait in the queue for their time.
type world struct {
	dice    *dice
	r       *rand.Rand
	hosts   []*host
	images  *catalog
	words   *lexicon
	scenes  []scene
	draw    alias
	odds    odds
	plot    plot
	cycle   *cycle // nil: none
	queue   queue
	next    int64   // when the next arrival is, in microseconds
	gap     float64 // mean microseconds between arrivals, before the time of day
	emitted int
	aside   int // how many of them sequences brought along
	event   event
}

func newWorld(c Config) *world {
	d := newDice(c.Seed)
	r := rand.New(d)
	w := &world{dice: d, r: r, images: newCatalog(r), words: newLexicon(r), next: c.Start.UTC().UnixMicro()}
	w.scenes = readScenes("background", w.images)
	weights := make([]float64, len(w.scenes))
	for i, s := range w.scenes {
		weights[i] = s.weight
	}
	w.draw, w.odds = newAlias(weights), newOdds(profiles[c.Profile], w.scenes)
	w.plot = newPlot(r, c.Attacks, c.Events, w.images)
	for i := range c.Hosts {
		w.hosts = append(w.hosts, newHost(r, i, c.Start.Unix(), w.images))
	}
	w.gap = 1e6 / (float64(c.Hosts) * c.Rate * w.odds.perEvent)
	defer d.aside()()
	w.cycle = newCycle(r, c.Attacks, c.Events, w.images)
	return w
}

// run hands events to emit, in the order of their SystemTime, until there were n. An event is valid until emit returns.
func (w *world) run(n int, emit func(*event) error) error {
	for w.emitted < n {
		if len(w.queue.heap) == 0 || w.next <= w.queue.heap[0].at {
			w.arrive()
			continue
		}
		e := w.stage(w.queue.pop())
		if err := emit(e); err != nil {
			return err
		}
		w.emitted++
		if e.proc.cue() != nil {
			w.aside++
		}
	}
	return nil
}

// busy is how much busier than the mean each hour of the day is.
var busy = func() (hours [24]float64) {
	for h := range hours {
		hours[h] = math.Exp(1.1*math.Sin(2*math.Pi*float64(h-7)/24)) / 1.326
	}
	return hours
}()

func (w *world) arrive() {
	at := w.next
	w.next += 1 + int64(w.r.ExpFloat64()*w.gap/busy[at/3_600_000_000%24])
	h := w.hosts[w.r.IntN(len(w.hosts))]
	for s := w.plot.next(w.r, w.emitted-w.aside); s != nil; s = w.plot.next(w.r, w.emitted-w.aside) {
		w.play(s, h, at, true)
	}
	w.sequences(h, at)
	a := w.odds.arrivals[w.odds.draw.next(w.r)]
	if a.kind == nil {
		w.play(&w.scenes[w.draw.next(w.r)], h, at, false)
		return
	}
	p := pending{at: at, kind: a.kind, host: h, proc: w.actor(h)}
	switch a.kind {
	case connect:
		// A child of what systemd started never connects by chance: that would be what the planted sequences are.
		if up := p.proc.parent; up != nil && up.parent == h.daemons["systemd"] {
			p.proc = h.chatty[0]
		}
	case terminate:
		p.proc = w.stranger(h)
	case state:
		w.queue.push(pending{at: at + 800, kind: config, host: h, proc: p.proc})
	}
	w.queue.push(p)
}

// actor picks a process that does something without a start: mostly a daemon.
func (w *world) actor(h *host) *process {
	if h.starts > len(h.recent) && w.r.IntN(10) < 3 {
		return h.recent[w.r.IntN(len(h.recent))]
	}
	return h.chatty[w.r.IntN(len(h.chatty))]
}

// stranger makes a process of which only the end is logged.
func (w *world) stranger(h *host) *process {
	p := &process{pid: h.nextPID(w.r), start: uint32(w.next/1e6 - w.r.Int64N(600)), image: w.images.tail[w.images.draw.next(w.r)], owner: root}
	if w.r.Float64() < h.build.unknown {
		p.image = nowhere
	} else {
		p.key = p.image.end(w.r)
	}
	return p
}

var nowhere = &image{path: "<unknown process>", base: "<unknown process>"}
