package main

import (
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// How much garbage may pile up before it is collected: twice what the collector must look at to do so, and at least some. Tables of millions of
// groups and packed rows hold no pointers: it passes over them, however large they are. The limit of memory is there to stop it earlier.
const (
	leastGarbage = 24 << 20
	looks        = 2
	leastHeap    = 4 << 20 // of which the runtime takes a percentage where less is in use
)

// steer sets how much garbage may pile up, now and whenever some was collected.
func steer() {
	heap := []metrics.Sample{{Name: "/gc/scan/heap:bytes"}, {Name: "/gc/heap/live:bytes"}, {Name: "/gc/scan/globals:bytes"}, {Name: "/gc/scan/stack:bytes"}}
	metrics.Read(heap)
	used := heap[1].Value.Uint64() + heap[2].Value.Uint64() + heap[3].Value.Uint64() // what the percentage is of
	debug.SetGCPercent(percentOfGarbage(heap[0].Value.Uint64(), used))
	runtime.AddCleanup(new([64]byte), func(int) { steer() }, 0)
}

// percentOfGarbage is the garbage that may pile up in percent of what is in use.
func percentOfGarbage(scanned, used uint64) int {
	return int(min(100*max(leastGarbage, looks*scanned)/max(used, leastHeap), math.MaxInt32))
}
