package generate

import (
	"maps"
	"slices"
)

// A profile is the share of each kind of event, as the configuration of Sysmon decides it.
type profile struct {
	start, end, connect, create, delete, rawRead, ptrace float64
}

var profiles = map[string]profile{
	"filtered": {start: 0.60, end: 0.15, connect: 0.10, create: 0.10, delete: 0.044, rawRead: 0.005, ptrace: 0.001},
	"server":   {start: 0.32, end: 0.50, connect: 0.08, create: 0.06, delete: 0.034, rawRead: 0.005, ptrace: 0.001},
	"default":  {start: 0.50, end: 0.50},
}

// Profiles names the mixes of events: a filtering configuration, one that logs everything, and the package's own.
func Profiles() []string { return slices.Sorted(maps.Keys(profiles)) }

// Shares of what no configuration filters: Sysmon's own events.
const (
	ownShare     = 0.0002
	failureShare = 0.0001
)

// An odds is a profile turned into chances for the simulation, given what an average scene brings along.
type odds struct {
	arrivals               []arrival
	draw                   alias
	perEvent               float64 // arrivals per event
	ends, connects, writes float64
}

// An arrival is something that begins at a moment: a scene, or one event.
type arrival struct {
	kind  *kind // nil: a scene
	share float64
}

func newOdds(p profile, scenes []scene) odds {
	var weight, steps, connects, writes float64
	for _, s := range scenes {
		weight += s.weight
		steps += s.weight * float64(len(s.steps))
		for _, st := range s.steps {
			if st.connects {
				connects += s.weight
			}
			if st.file != nil {
				writes += s.weight
			}
		}
	}
	perStep := p.start / steps
	orphans := max(0.02*p.end, p.end-0.95*p.start)
	o := odds{
		ends:     (p.end - orphans) / p.start,
		connects: min(1, 0.6*p.connect/(connects*perStep)),
		writes:   min(1, 0.6*p.create/(writes*perStep)),
	}
	o.arrivals = []arrival{
		{nil, perStep * weight}, {terminate, orphans}, {connect, p.connect - o.connects*connects*perStep},
		{fileCreate, p.create - o.writes*writes*perStep}, {fileDelete, p.delete}, {rawRead, p.rawRead}, {ptrace, p.ptrace},
		{state, ownShare}, {failure, failureShare},
	}
	var weights []float64
	for _, a := range o.arrivals {
		weights = append(weights, a.share)
		o.perEvent += a.share
	}
	o.draw = newAlias(weights)
	return o
}
