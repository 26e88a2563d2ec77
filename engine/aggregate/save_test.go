package aggregate

import (
	"bufio"
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"
)

func saved(s State, groups []uint32) []byte {
	var b bytes.Buffer
	w := bufio.NewWriter(&b)
	s.Save(w, groups)
	w.Flush()
	return b.Bytes()
}

func reloaded(f *Func, s State, groups []uint32) State {
	out := f.New(60)
	if err := out.Load(bufio.NewReader(bytes.NewReader(saved(s, groups)))); err != nil {
		panic(f.Name + ": " + err.Error())
	}
	return out
}

// TestSave saves the groups in two parts, in any order, into one file, reads them and puts them together again.
func TestSave(t *testing.T) {
	for seed := range uint64(15) {
		r := rand.New(rand.NewPCG(seed, 2))
		s := newSample(r, 1+r.IntN(60))
		for _, f := range every() {
			state := s.whole(r, f)
			want := state.Result(sampleGroups)
			var order []uint32
			for _, g := range r.Perm(sampleGroups) {
				order = append(order, uint32(g))
			}
			cut := r.IntN(sampleGroups)
			file := bytes.Join([][]byte{saved(state, order[:cut]), saved(state, order[cut:])}, nil)
			from := bufio.NewReader(bytes.NewReader(file))
			total := f.New(60)
			for _, part := range [][]uint32{order[:cut], order[cut:]} {
				half := f.New(60)
				if err := half.Load(from); err != nil {
					t.Fatalf("%s: %v", f.Name, err)
				}
				total.Merge(half, part)
			}
			if _, err := from.ReadByte(); err == nil {
				t.Errorf("%s did not read all that it wrote", f.Name)
			}
			what := fmt.Sprintf("seed %d, %s", seed, f.Name)
			same(t, what, want, total.Result(sampleGroups))
			same(t, what+" after saving", want, state.Result(sampleGroups))
			if total.Size() <= 0 {
				t.Errorf("%s says that it holds nothing", f.Name)
			}
		}
	}
}

// TestGoOn adds rows to a state that was saved.
func TestGoOn(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 3))
	s := newSample(r, 80)
	for _, f := range every() {
		state := f.New(60)
		rows := make([]int, len(s.group))
		for i := range rows {
			rows[i] = i
		}
		s.add(r, f, state, rows[:40], s.group[:40])
		saved(state, all(sampleGroups))
		state = reloaded(f, state, all(sampleGroups))
		saved(state, nil)
		s.add(r, f, state, rows[40:], s.group[40:])
		same(t, f.Name, s.whole(r, f).Result(sampleGroups), reloaded(f, state, all(sampleGroups)).Result(sampleGroups))
	}
}

// TestDamaged cuts saved states short, which must be told, and changes bytes of them, which may give another state but nothing worse.
func TestDamaged(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 4))
	s := newSample(r, 30)
	for _, f := range every() {
		whole := saved(s.whole(r, f), all(sampleGroups))
		for n := range whole {
			if f.New(60).Load(bufio.NewReader(bytes.NewReader(whole[:n]))) == nil {
				t.Errorf("%s: %d of %d bytes are taken for all", f.Name, n, len(whole))
			}
		}
		for range 60 {
			bad := bytes.Clone(whole)
			for range 1 + r.IntN(3) {
				bad[r.IntN(len(bad))] = byte(r.Uint32())
			}
			state := f.New(60)
			if state.Load(bufio.NewReader(bytes.NewReader(bad))) == nil {
				state.Result(sampleGroups)
			}
		}
	}
}
