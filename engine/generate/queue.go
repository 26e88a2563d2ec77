package generate

// A pending event waits for its time.
type pending struct {
	at   int64  // SystemTime in microseconds
	turn uint64 // orders what happens at the same time
	kind *kind
	host *host
	proc *process
	file string // of file events: empty means any
	mark *mark
}

// A queue is a binary heap of pending events, the earliest first.
type queue struct {
	heap []pending
	turn uint64
}

func (q *queue) before(i, j int) bool {
	a, b := &q.heap[i], &q.heap[j]
	return a.at < b.at || a.at == b.at && a.turn < b.turn
}

func (q *queue) push(p pending) {
	p.turn = q.turn
	q.turn++
	q.heap = append(q.heap, p)
	for i := len(q.heap) - 1; i > 0; {
		up := (i - 1) / 2
		if !q.before(i, up) {
			return
		}
		q.heap[i], q.heap[up] = q.heap[up], q.heap[i]
		i = up
	}
}

func (q *queue) pop() pending {
	first, last := q.heap[0], len(q.heap)-1
	q.heap[0] = q.heap[last]
	q.heap[last] = pending{}
	q.heap = q.heap[:last]
	for i := 0; ; {
		next := 2*i + 1
		if next >= last {
			return first
		}
		if next+1 < last && q.before(next+1, next) {
			next++
		}
		if !q.before(next, i) {
			return first
		}
		q.heap[i], q.heap[next] = q.heap[next], q.heap[i]
		i = next
	}
}
