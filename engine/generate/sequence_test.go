package generate

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestSequencesAreExact(t *testing.T) {
	for _, form := range Forms() {
		data, truth := write(t, Config{Form: form, Events: 5000, Hosts: 12, Seed: 21, Attacks: 40})
		list := deeds(t, form, data)
		for _, detection := range []string{viaSystemd, wildcards} {
			got, want := hits(detection, list), wanted(truth, detection)
			if len(want) < 5 || !slices.Equal(got, want) {
				t.Errorf("%s: %s\n%s\ntruth says\n%s", form, detection, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		}
	}
}

// Wherever a run ends, its truth tells only of sequences that are complete.
func TestSequencesAtTheEnd(t *testing.T) {
	cut := 0
	for seed := range uint64(12) {
		for _, form := range []string{"flat", "ecs"} {
			data, truth := write(t, Config{Form: form, Events: 400, Hosts: 1, Rate: 20, Seed: seed, Attacks: 50})
			got, want := hits(viaSystemd, deeds(t, form, data)), wanted(truth, viaSystemd)
			if !slices.Equal(got, want) {
				t.Errorf("%s, seed %d: found %v, truth says %v", form, seed, got, want)
			}
			for _, p := range truth.Planted {
				if p.Detection == viaSystemd && p.Stage == 1 && !p.MustMatch && judged(p.Note) == "yyyy" {
					cut++
				}
			}
		}
	}
	if cut == 0 {
		t.Error("no run ended in a sequence")
	}
}

// Without a word about what may not connect by chance, this run held four accidents.
func TestNothingMatchesByChance(t *testing.T) {
	data, truth := write(t, Config{Form: "flat", Events: 30_000, Hosts: 1, Rate: 10})
	if got := hits(wildcards, deeds(t, "flat", data)); len(got) > 0 || len(truth.Planted) > 0 {
		t.Errorf("found without attacks: %v", got)
	}
}

// A cast is the events of one planted sequence, by stage.
type cast struct {
	first, second Planted
	joins         []Planted
}

func casts(truth Truth, detection string) map[string][]cast {
	bySequence := map[int]*cast{}
	for _, p := range truth.Planted {
		if p.Sequence == 0 || p.Detection != detection {
			continue
		}
		c := bySequence[p.Sequence]
		if c == nil {
			c = &cast{}
			bySequence[p.Sequence] = c
		}
		switch p.Stage {
		case 1:
			c.first = p
		case 2:
			c.second = p
		default:
			c.joins = append(c.joins, p)
		}
	}
	byNote := map[string][]cast{}
	for _, c := range bySequence {
		if c.first.Sequence > 0 && c.second.Sequence > 0 {
			byNote[c.first.Note] = append(byNote[c.first.Note], *c)
		}
	}
	return byNote
}

// promises is what each planted sequence is for, and how it must be judged: y where it must be found, n where not; in
// Sysmon's forms and in ecs, by the names as they stand and by the names as patterns.
var promises = []struct {
	note, judged string
	kept         func(c cast) bool
}{
	{"perl", "yyyy", names("perl")},
	{"nc", "yyyy", names("nc")},
	{"telnet", "yyyy", names("telnet")},
	{"openssl", "yyyy", names("openssl")},
	{"ncat", "yyyy", names("ncat")},
	{"python3.11 is not python*", "nnyy", names("python3.11")},
	{"php8.2 is not php*", "nnyy", names("php8.2")},
	{"lua5.4 is not lua*", "nnyy", names("lua5.4")},
	{"after 5.000 seconds", "yyyy", apart(5 * time.Second)},
	{"after 5.001 seconds", "nnnn", apart(5001 * time.Millisecond)},
	{"both starts and the connection at one time", "yyyy", func(c cast) bool {
		return apart(0)(c) && c.joins[0].SystemTime.Equal(c.first.SystemTime) && c.first.EventRecordID < c.second.EventRecordID
	}},
	{"the child starts and connects at one time", "yyyy", func(c cast) bool {
		return !apart(0)(c) && c.joins[0].SystemTime.Equal(c.second.SystemTime) && c.joins[0].Time.Equal(c.second.Time)
	}},
	{"the child's start is written after its connection", "yyyy", func(c cast) bool {
		return c.joins[0].SystemTime.After(c.second.SystemTime) && c.joins[0].EventRecordID > c.second.EventRecordID
	}},
	{"the start is written after the connection", "nnnn", func(c cast) bool {
		return c.first.SystemTime.After(c.second.SystemTime) && c.first.Time.After(c.second.Time)
	}},
	{"the process connects by itself", "nnnn", func(c cast) bool {
		return c.first.ProcessGUID == c.second.ProcessGUID && c.first.EntityID == c.second.EntityID && len(c.joins) == 1
	}},
	{"a grandchild connects", "nnnn", func(c cast) bool {
		return c.joins[0].ParentProcessID == c.first.ProcessID && c.joins[1].ParentProcessID == c.joins[0].ProcessID &&
			c.joins[1].ProcessID == c.second.ProcessID
	}},
	{"a connection from outside", "nnnn", func(c cast) bool { return c.joins[0].ProcessGUID == c.second.ProcessGUID }},
	{"another host, of which the ids are copies", "nnnn", func(c cast) bool {
		return c.second.Computer != c.first.Computer && c.second.HostID != c.first.HostID && c.joins[0].Computer == c.second.Computer &&
			c.joins[0].ParentProcessID == c.first.ProcessID && c.second.ProcessGUID[:9] == c.first.ProcessGUID[:9]
	}},
	{"the parent is systemd-executor", "nnnn", func(c cast) bool {
		return c.first.ParentImage == "/usr/lib/systemd/systemd-executor" && c.first.ParentProcessID == c.joins[0].ProcessID &&
			c.joins[1].ProcessGUID == c.second.ProcessGUID
	}},
	{"the number of the child is used again", "nnnn", func(c cast) bool {
		return again(c.joins[0], c.second) && len(c.joins) == 3 && c.joins[2].ProcessGUID == c.second.ProcessGUID
	}},
	{"the number of the process is used again", "nnnn", func(c cast) bool {
		return again(c.first, c.joins[0]) && c.joins[1].ParentProcessID == c.first.ProcessID
	}},
	{"the number of the child is used again and no start is logged", "nnnn", func(c cast) bool {
		return again(c.joins[0], c.second) && len(c.joins) == 2
	}},
	{"no start of the child is logged", "nyny", func(c cast) bool { return len(c.joins) == 0 }},
}

func judged(note string) string {
	for _, p := range promises {
		if p.note == note {
			return p.judged
		}
	}
	return ""
}

func names(name string) func(cast) bool {
	return func(c cast) bool {
		return path.Base(c.first.Image) == name && c.joins[0].ProcessGUID == c.second.ProcessGUID
	}
}

// apart compares the times of both clocks that forms have.
func apart(d time.Duration) func(cast) bool {
	return func(c cast) bool {
		return c.second.SystemTime.Sub(c.first.SystemTime) == d && c.second.Time.Sub(c.first.Time) == d
	}
}

// again says that two processes have one number and nothing else in common.
func again(a, b Planted) bool {
	return a.ProcessID == b.ProcessID && a.ProcessGUID != b.ProcessGUID && a.EntityID != b.EntityID
}

func TestEverySequenceKeepsItsPromise(t *testing.T) {
	for _, form := range []string{"xml", "ecs"} {
		data, truth := write(t, Config{Form: form, Events: 20_000, Hosts: 30, Seed: 12, Attacks: 30})
		list := deeds(t, form, data)
		for i, detection := range []string{viaSystemd, wildcards} {
			found := hits(detection, list)
			planted := casts(truth, detection)
			if len(planted) > 0 && i == 0 && len(planted) != len(promises) {
				t.Errorf("%s: planted %v", form, slices.Sorted(maps.Keys(planted)))
			}
			for _, p := range promises {
				note, _, _ := strings.Cut(p.note, " is not ")
				if i == 0 {
					note = p.note
				}
				for _, c := range planted[note] {
					if !p.kept(c) {
						t.Errorf("%s: %s: %+v", form, p.note, c)
					}
					matched := slices.ContainsFunc(found, func(h string) bool {
						return strings.HasSuffix(h, fmt.Sprintf(": %d, %d", c.first.EventRecordID, c.second.EventRecordID))
					})
					column := 2 * i
					if form == "ecs" {
						column++
					}
					if want := p.judged[column] == 'y'; matched != want {
						t.Errorf("%s: %s: found is %v, promised %v", form, p.note, matched, want)
					}
				}
				if len(planted[note]) == 0 {
					t.Errorf("%s: never planted: %s", form, p.note)
				}
			}
		}
	}
}

// What a sequence's second event says of itself, and what the truth says of both, in Sysmon's terms.
func TestSequencesInTheOutput(t *testing.T) {
	data, truth := write(t, Config{Form: "flat", Events: 12_000, Hosts: 12, Seed: 5, Attacks: 30})
	for _, list := range casts(truth, viaSystemd) {
		for _, c := range list {
			first, second := decodedAt(t, data, c.first), decodedAt(t, data, c.second)
			if first["EventID"] != "1" || second["EventID"] != "3" {
				t.Errorf("events %s and %s", first["EventID"], second["EventID"])
			}
			if accepted := c.first.Note == "a connection from outside"; (second["Initiated"] == "false") != accepted {
				t.Errorf("%s: Initiated is %s", c.first.Note, second["Initiated"])
			}
			for _, p := range c.joins {
				if d := decodedAt(t, data, p); d["EventID"] != "1" {
					t.Errorf("joined by event %s", d["EventID"])
				}
			}
			elsewhere := c.first.Note == "another host, of which the ids are copies"
			if elsewhere && decodedAt(t, data, c.joins[0])["ParentProcessGuid"] != first["ProcessGuid"] {
				t.Errorf("the copy is none: %v of %v", c.joins[0], first)
			}
		}
	}
}

func TestOneHostHasNoNeighbour(t *testing.T) {
	_, truth := write(t, Config{Form: "flat", Events: 6000, Hosts: 1, Seed: 12, Attacks: 50})
	planted := casts(truth, viaSystemd)
	if len(planted) != len(promises)-1 || planted["another host, of which the ids are copies"] != nil {
		t.Errorf("planted %v", slices.Sorted(maps.Keys(planted)))
	}
}

// Sequences are drawn from numbers of their own: all else happens as it does in a world without them.
func TestSequencesChangeNothingElse(t *testing.T) {
	tell := func(with bool) (list []string) {
		w := newWorld(Config{Events: 5000, Hosts: 3, Seed: 4, Attacks: 20}.Defaults())
		if !with {
			w.cycle = nil
		}
		_ = w.run(5000, func(e *event) error {
			if e.proc.cue() == nil {
				list = append(list, fmt.Sprint(e.system, e.utc, e.host.name, e.kind.id, e.proc.pid, e.image, e.command, e.user, e.target, e.link))
			}
			return nil
		})
		return list
	}
	with, without := tell(true), tell(false)
	if len(with) >= len(without) || !slices.Equal(with, without[:len(with)]) {
		t.Errorf("%d events with sequences, %d without", len(with), len(without))
	}
}
