package finding

import (
	"fmt"
	"iter"
	"runtime"
	"sync"
)

// abreast is how many things are held while all cores work on them.
const abreast = 512

// InOrder gives what build makes of each thing, in their order. Many are made at the same time; the first error ends it.
func InOrder[T, R any](things iter.Seq2[T, error], build func(T) (R, error)) iter.Seq2[R, error] {
	return func(yield func(R, error) bool) {
		var held []T
		fail := func(err error) {
			var none R
			yield(none, err)
		}
		give := func() bool {
			made, err := allOf(held, build)
			held = held[:0]
			for _, r := range made {
				if !yield(r, nil) {
					return false
				}
			}
			if err != nil {
				fail(err)
			}
			return err == nil
		}
		for thing, err := range things {
			if err != nil {
				if give() {
					fail(err)
				}
				return
			}
			if held = append(held, thing); len(held) == abreast && !give() {
				return
			}
		}
		give()
	}
}

// allOf makes things on all cores; after an error or a fault of ours it gives what was made before.
func allOf[T, R any](things []T, build func(T) (R, error)) ([]R, error) {
	workers := max(1, min(runtime.GOMAXPROCS(0), len(things)))
	share := (len(things) + workers - 1) / workers
	parts, errs := make([][]R, workers), make([]error, workers)
	var group sync.WaitGroup
	for i := range workers {
		group.Go(func() {
			defer func() {
				if fault := recover(); fault != nil {
					errs[i] = fmt.Errorf("internal error: %v", fault)
				}
			}()
			for _, thing := range things[min(i*share, len(things)):min((i+1)*share, len(things))] {
				r, err := build(thing)
				if err != nil {
					errs[i] = err
					return
				}
				parts[i] = append(parts[i], r)
			}
		})
	}
	group.Wait()
	var out []R
	for i, part := range parts {
		if out = append(out, part...); errs[i] != nil {
			return out, errs[i]
		}
	}
	return out, nil
}
