// Package attack is MITRE's ATT&CK for enterprises: the tactics and techniques of one release, which the binary carries with it.
package attack

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

//go:embed enterprise.tsv
var enterprise string

// Notice is MITRE's copyright and licence, which every copy of the table must go with.
//
//go:embed NOTICE
var Notice string

// Tactic is a column of the matrix: what an adversary is after.
type Tactic struct {
	ID    string // TA0003
	Short string // persistence
	Name  string // Persistence
}

// URL is where ATT&CK describes the tactic.
func (t Tactic) URL() string { return "https://attack.mitre.org/tactics/" + t.ID + "/" }

// Technique is a way to get there. One that was revoked has no tactics but what stands in its place, and a name only if it is known.
type Technique struct {
	ID         string // T1053.006
	Name       string // Systemd Timers
	Tactics    []Tactic
	RevokedBy  string // the id of the technique that took its place; empty if it was not revoked
	Deprecated bool   // it was given up without a successor
}

// Current says whether the technique is part of the release.
func (t Technique) Current() bool { return t.RevokedBy == "" && !t.Deprecated }

// URL is where ATT&CK describes the technique.
func (t Technique) URL() string {
	return "https://attack.mitre.org/techniques/" + strings.ReplaceAll(t.ID, ".", "/") + "/"
}

// Parent is the id of the technique that a sub-technique belongs to; empty if it is none.
func Parent(id string) string {
	parent, _, sub := strings.Cut(id, ".")
	if !sub {
		return ""
	}
	return parent
}

// table is a release, read.
type table struct {
	release    string
	tactics    []Tactic
	techniques map[string]Technique
}

var current = sync.OnceValue(func() *table { return read(enterprise) })

// read reads the lines of a table. It is our own file, which tests check.
func read(text string) *table {
	t := &table{techniques: map[string]Technique{}}
	for line := range strings.Lines(text) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		switch cells[0] {
		case "release":
			t.release = cells[1]
		case "tactic":
			t.tactics = append(t.tactics, Tactic{ID: cells[1], Short: cells[2], Name: cells[3]})
		case "technique":
			t.techniques[cells[1]] = Technique{ID: cells[1], Name: cells[3], Tactics: t.named(strings.Split(cells[2], ","))}
		case "revoked":
			t.techniques[cells[1]] = Technique{ID: cells[1], Name: cells[3], RevokedBy: cells[2]}
		case "deprecated":
			t.techniques[cells[1]] = Technique{ID: cells[1], Name: cells[2], Deprecated: true}
		}
	}
	return t
}

// named is the tactics of some short names, in the order of the matrix.
func (t *table) named(short []string) []Tactic {
	var out []Tactic
	for _, tactic := range t.tactics {
		if slices.Contains(short, tactic.Short) {
			out = append(out, tactic)
		}
	}
	return out
}

// Release is the version of ATT&CK that the table is of, such as 18.0.
func Release() string { return current().release }

// Tactics is all tactics, in the order of the matrix.
func Tactics() []Tactic { return slices.Clone(current().tactics) }

// Find is the technique of an id, in whatever case it is written: one of the release, or one that was revoked or deprecated.
func Find(id string) (Technique, bool) {
	t, ok := current().techniques[strings.ToUpper(id)]
	return t, ok
}

// Resolve is the technique of the release that an id stands for: its own, or that which took the place of a revoked one.
func Resolve(id string) (Technique, bool) {
	t, ok := Find(id)
	for ok && t.RevokedBy != "" {
		t, ok = Find(t.RevokedBy)
	}
	return t, ok && !t.Deprecated
}

// Techniques is all techniques of the release, by id.
func Techniques() []Technique {
	var out []Technique
	for _, t := range current().techniques {
		if t.Current() {
			out = append(out, t)
		}
	}
	slices.SortFunc(out, func(a, b Technique) int { return strings.Compare(a.ID, b.ID) })
	return out
}

// FindTactic is the tactic of an id, a name or a short name: TA0011, Command and Control, command-and-control, command_and_control.
func FindTactic(name string) (Tactic, bool) {
	short := strings.Map(func(r rune) rune {
		if r == ' ' || r == '_' {
			return '-'
		}
		return r
	}, name)
	for _, t := range current().tactics {
		if strings.EqualFold(t.ID, name) || strings.EqualFold(t.Short, short) {
			return t, true
		}
	}
	return Tactic{}, false
}
