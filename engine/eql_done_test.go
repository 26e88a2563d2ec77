package engine_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"spoor/engine"
	"spoor/engine/generate"
	"spoor/grammar/source"
)

// systemd is the published rule Suspicious Network Connection via systemd.
func systemd(t testing.TB) *source.Text {
	return readQuery(t, examples+"searches/systemd_network_connection.eql")
}

// wildcards is the rule as later versions have it: its names are patterns.
func wildcards(t testing.TB) *source.Text {
	rule := systemd(t)
	return source.New(rule.Name, strings.Replace(rule.Body, "process.name in (", "process.name : (", 1))
}

// pair is a sequence of two events.
type pair struct{ host, entity, first, second string }

func pairsOf(t testing.TB, rows string) []pair {
	t.Helper()
	var out []pair
	for line := range strings.Lines(rows) {
		var row struct {
			Sequence int    `json:"_sequence"`
			Stage    int    `json:"_stage"`
			Host     string `json:"host.id"`
			Entity   string `json:"process.entity_id"`
			Number   int    `json:"event.sequence"`
		}
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		if row.Stage == 1 {
			out = append(out, pair{host: row.Host, entity: row.Entity, first: fmt.Sprint(row.Number)})
			continue
		}
		out[len(out)-1].second = fmt.Sprint(row.Number)
	}
	return out
}

// TestPlantedSequencesAreFound finds each planted sequence and nothing else: in every form, in order and shuffled, whole and from a pipe,
// with one worker and with several.
func TestPlantedSequencesAreFound(t *testing.T) {
	for _, form := range generate.Forms() {
		t.Run(form, func(t *testing.T) {
			file, truth := planted(t, generate.Config{Form: form, Events: 5_000, Attacks: 50, Seed: 5})
			logs := []string{file, shuffled(t, file)}
			for name, rule := range map[string]*source.Text{
				"Suspicious Network Connection via systemd": systemd(t), "Suspicious Network Connection via systemd (wildcards)": wildcards(t),
			} {
				want := map[pair]bool{}
				for _, s := range truth.Sequences(name) {
					want[pair{s.HostID, s.EntityID, fmt.Sprint(s.Events[0].EventRecordID), fmt.Sprint(s.Events[1].EventRecordID)}] = true
				}
				if len(want) < 10 {
					t.Fatalf("only %d sequences of %s were planted", len(want), name)
				}
				for _, log := range logs {
					got := ask(t, rule, engine.Options{Language: engine.EQL}, []string{log}, allOn)
					for _, at := range []point{allOff, {rewrites: true, prefilter: true, workers: 4, batchRows: 100, blockSize: 64 << 10, pipe: true}} {
						again := ask(t, rule, engine.Options{Language: engine.EQL}, []string{log}, at)
						diff(t, "rows with "+at.String(), again.rows, got.rows)
						diff(t, "warnings with "+at.String(), again.warnings, got.warnings)
					}
					found := map[pair]bool{}
					for _, p := range pairsOf(t, got.rows) {
						found[p] = true
						if !want[p] {
							t.Errorf("%s: found what was not planted: %+v", name, p)
						}
					}
					for p := range want {
						if !found[p] {
							t.Errorf("%s: did not find %+v", name, p)
						}
					}
					if got.errors != "" {
						t.Error(got.errors)
					}
				}
			}
		})
	}
}

// shuffled is the lines of a file in another order.
func shuffled(t testing.TB, file string) string {
	t.Helper()
	lines := slices.Collect(strings.Lines(readText(t, file)))
	rand.New(rand.NewPCG(7, 7)).Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
	if err := os.WriteFile(file+".shuffled", []byte(strings.Join(lines, "")), 0o600); err != nil {
		t.Fatal(err)
	}
	return file + ".shuffled"
}

// TestNoProcessTable joins nothing by what the events of Sysmon do not say themselves.
func TestNoProcessTable(t *testing.T) {
	file, _ := planted(t, generate.Config{Events: 5_000, Attacks: 3, Seed: 5})
	o := engine.Options{Language: engine.EQL, EQL: engine.EQLOptions{NoProcessTable: true}}
	if got := ask(t, systemd(t), o, []string{file}, allOn); got.rows != "" || got.errors != "" {
		t.Errorf("found %s%s", got.rows, got.errors)
	}
}

// TestEQLExample runs the example's rule over its two logs.
func TestEQLExample(t *testing.T) {
	for _, form := range []string{"", ".ecs"} {
		got := askEverywhere(t, systemd(t), engine.Options{Language: engine.EQL}, []string{examples + "logs/systemd_network" + form + ".json"}, 6)
		want := examples + "searches/systemd_network_connection" + form + ".want.json"
		if *update {
			if err := os.WriteFile(want, []byte(got.rows), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		diff(t, "rows", got.rows, readText(t, want))
		diff(t, "errors", got.errors, "")
		if n := len(pairsOf(t, got.rows)); n != 7 {
			t.Errorf("%d sequences", n)
		}
	}
}
