package engine_test

import (
	"testing"

	"spoor/engine"
	"spoor/engine/generate"
)

// What is said to find nothing finds nothing: of all queries of the examples, over each log on its own and over all of them.
func TestProspects(t *testing.T) {
	members := exampleQueries(t)
	logs := append(everyKind(t), generated(t, generate.Config{Events: 300, Attacks: 2, Seed: 3}))
	unable, answered := prospects(t, members, logs)
	if unable < 100 || answered < 100 {
		t.Errorf("%d times nothing was expected, and %d times something was found", unable, answered)
	}
}

// The same of published rules.
func TestProspectsOfCorpus(t *testing.T) {
	members := publishedRules(t, false)
	logs := []string{
		"../examples/logs/service_restarts.log", generated(t, generate.Config{Events: 600, Attacks: 10, Seed: 1}), generated(t, generate.Config{Events: 600, Attacks: 10, Seed: 2, Form: "ecs"}),
	}
	if unable, answered := prospects(t, members, logs); unable < 100 || answered < 20 {
		t.Errorf("%d times nothing was expected, and %d times something was found", unable, answered)
	}
}

// prospects runs a pack over each of the logs and over all of them.
func prospects(t *testing.T, members []packed, logs []string) (unable, answered int) {
	t.Helper()
	sets := [][]string{logs}
	for _, log := range logs {
		sets = append(sets, []string{log})
	}
	var pack engine.Pack
	for _, m := range members {
		pack = append(pack, m.program)
	}
	for _, paths := range sets {
		rows := make([]int, len(pack))
		run := pack.Run(t.Context(), engine.RunOptions{Inputs: open(t, paths, false), Census: true}, func(i int, r *engine.Result) error {
			for b, err := range r.Rows() {
				if err != nil {
					return err
				}
				rows[i] += b.Rows
			}
			return nil
		})
		for i, m := range members {
			if rows[i] > 0 {
				answered++
			}
			p := m.program.Prospect(run.Census)
			switch {
			case p.Able:
			case rows[i] > 0:
				t.Errorf("%s finds %d rows in %q, of which it is said: %q", m.name, rows[i], paths, p.Reasons)
			case len(p.Reasons) == 0:
				t.Errorf("%s cannot find anything in %q, and it is not said why", m.name, paths)
			default:
				unable++
			}
		}
	}
	return unable, answered
}
