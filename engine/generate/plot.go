package generate

import "math/rand/v2"

// The usual shares of planted events among all.
const (
	restartShare = 0.0005
	decoyShare   = 0.005
	attackShare  = 0.0004
	maxAttacks   = 50
)

// A plot decides when to plant which scene.
type plot []*pool

// A pool is a set of scenes that come up every so many events.
type pool struct {
	scenes []scene
	draw   alias
	every  float64
	due    float64 // planted once so many events are out
}

func newPlot(r *rand.Rand, density float64, events int, images *catalog) plot {
	if density == 0 {
		return nil
	}
	var p plot
	for _, o := range []struct {
		name  string
		share float64
	}{{"restarts", restartShare}, {"decoys", decoyShare}, {"attacks", attackShare}} {
		l := &pool{scenes: readScenes(o.name, images)}
		var weights []float64
		var weight, marks float64
		for _, s := range l.scenes {
			weights = append(weights, s.weight)
			weight += s.weight
			marks += s.weight * float64(s.marks())
		}
		l.draw, l.every = newAlias(weights), marks/weight/(o.share*density)
		// A short run shall hold something of each.
		l.due = min(r.ExpFloat64()*l.every, float64(events)/4)
		p = append(p, l)
	}
	return p
}

func (s scene) marks() int {
	n := 0
	for _, st := range s.steps {
		for _, m := range []*mark{st.start, st.end, st.created} {
			if m != nil {
				n++
			}
		}
	}
	return n
}

// next returns a scene that is due after so many events, or nil.
func (p plot) next(r *rand.Rand, events int) *scene {
	for _, l := range p {
		if float64(events) >= l.due {
			l.due += r.ExpFloat64() * l.every
			return &l.scenes[l.draw.next(r)]
		}
	}
	return nil
}
