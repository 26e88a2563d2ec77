package generate

import "strings"

// maxSteps is the size of the largest scene.
const maxSteps = 16

// play puts the events of a scene into the queue.
func (w *world) play(s *scene, h *host, at int64, planted bool) {
	if s.minute {
		at += 60_000_000 - at%60_000_000 + w.r.Int64N(1_500_000)
	}
	if s.from == "sshd" {
		h.relogin(w.r, at/1e6)
	}
	var procs [maxSteps]*process
	var ends [maxSteps]int64
	var parents, above [maxSteps]int // indexes of steps; above: the last one on each level
	for i, st := range s.steps {
		at += 800 + int64(w.r.ExpFloat64()*11_000)
		parent := h.daemons[s.from]
		parents[i] = -1
		if st.level > 0 {
			parents[i] = above[st.level-1]
			parent = procs[parents[i]]
		}
		procs[i] = w.start(s, st, h, parent, at, planted)
		ends[i], above[st.level] = at+w.lifetime(), i
		w.follow(st, h, procs[i], at, planted)
	}
	for i := len(s.steps) - 1; i >= 0; i-- {
		if up := parents[i]; up >= 0 {
			ends[up] = max(ends[up], ends[i]+400+w.r.Int64N(4000))
		}
		w.finish(s.steps[i], h, procs[i], ends[i], planted)
	}
}

// start makes a process and puts its creation into the queue.
func (w *world) start(s *scene, st *step, h *host, parent *process, at int64, planted bool) *process {
	p := &process{pid: h.nextPID(w.r), parent: parent, step: st, session: noSession, image: st.image}
	if st.image == nil {
		p.image = w.images.tail[w.images.draw.next(w.r)]
		p.command = w.words.expand(p.image.usages[w.r.IntN(len(p.image.usages))])
	} else {
		p.command = w.words.expand(st.command)
	}
	p.argv0, _, _ = strings.Cut(p.command, " ")
	switch {
	case st.as != "":
		p.owner = h.account(st.as)
	case st.level > 0:
		p.owner = parent.owner
	default:
		p.owner = h.account(s.as)
	}
	if s.from == "sshd" {
		p.session, p.terminal, p.login = h.session, h.terminal, h.login
	}
	if !planted {
		if w.r.IntN(20) == 0 {
			p.owner = nameless
		}
		if w.r.IntN(50) == 0 {
			p.fork = 120_000 + w.r.Int64N(20_000_000)
		}
	}
	p.orphan = w.r.IntN(10) < 3
	p.directory = w.words.directory(p.owner)
	p.start = uint32((at/1000 - h.drift - p.fork) / 1000)
	p.key = p.image.end(w.r)
	h.recent[h.starts%len(h.recent)] = p
	h.starts++
	w.queue.push(pending{at: at, kind: create, host: h, proc: p, mark: st.start})
	return p
}

// follow puts into the queue what a process does while it runs.
func (w *world) follow(st *step, h *host, p *process, at int64, planted bool) {
	if st.connects && (planted || w.r.Float64() < w.odds.connects) {
		w.queue.push(pending{at: at + 500 + w.r.Int64N(30_000), kind: connect, host: h, proc: p})
	}
	if st.file != nil && (planted || w.r.Float64() < w.odds.writes) {
		w.queue.push(pending{at: at + 300 + w.r.Int64N(20_000), kind: fileCreate, host: h, proc: p,
			file: w.words.expand(st.file), mark: st.created})
	}
}

// maxWaiting bounds the ends that wait; beyond it processes just keep running.
const maxWaiting = 1 << 16

func (w *world) finish(st *step, h *host, p *process, at int64, planted bool) {
	if st.end == nil && (w.r.Float64() >= w.odds.ends || len(w.queue.heap) > maxWaiting) {
		return
	}
	w.queue.push(pending{at: at, kind: terminate, host: h, proc: p, mark: st.end})
	if !planted && w.r.Float64() < h.build.repeatedEnd {
		for range 1 + w.r.IntN(8) {
			w.queue.push(pending{at: at + w.r.Int64N(1000), kind: terminate, host: h, proc: p})
		}
	}
}

// lifetime draws how long a process runs, in microseconds.
func (w *world) lifetime() int64 {
	switch n := w.r.IntN(100); {
	case n < 70:
		return 3_000 + w.r.Int64N(47_000)
	case n < 90:
		return 50_000 + w.r.Int64N(5_000_000)
	case n < 98:
		return 5_000_000 + w.r.Int64N(600_000_000)
	}
	return 600_000_000 + w.r.Int64N(14_000_000_000)
}
