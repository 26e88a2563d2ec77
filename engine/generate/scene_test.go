package generate

import (
	"slices"
	"strings"
	"testing"
)

func TestSceneNotation(t *testing.T) {
	p := sceneReader{images: testCatalog()}
	for _, line := range strings.Split(`# a comment

scene cron root weight=2.5 minute
= T1 One
  /bin/a :: a%T%w
  + connect
    @www-data /bin/b :: b
    + file /tmp/%x
    + must A Detection (why)
    + file-miss -
  * :: *
  + end-miss B`, "\n") {
		if err := p.line(line); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
	}
	s := p.scenes[0]
	if s.from != "cron" || s.as != "root" || s.weight != 2.5 || !s.minute || len(s.steps) != 3 {
		t.Fatalf("%+v", s)
	}
	a, b, tail := s.steps[0], s.steps[1], s.steps[2]
	if a.level != 0 || a.image.base != "a" || len(a.command) != 2 || a.command[0].text != "a\t" || a.command[1].slot != 'w' || !a.connects {
		t.Errorf("%+v", a)
	}
	if b.level != 1 || b.as != "www-data" || len(b.file) != 2 || *b.start != (mark{technique: "T1 One", detection: "A Detection", match: true, note: "why"}) || *b.created != (mark{technique: "T1 One"}) {
		t.Errorf("%+v", b)
	}
	if tail.image != nil || tail.level != 0 || *tail.end != (mark{technique: "T1 One", detection: "B"}) {
		t.Errorf("%+v", tail)
	}
}

func TestUnreadableScenes(t *testing.T) {
	for text, want := range map[string]string{
		"  /bin/a :: a":                                "no scene yet",
		"scene a b c":                                  `unknown word "c"`,
		"scene a b weight=x":                           "invalid syntax",
		"scene a b\n  + connect":                       "no process yet",
		"sequence must A":                              "no scene yet",
		"scene a b\nsequence may A":                    `unknown verdict "may"`,
		"scene a b\n  /bin/a :: a\nsequence must A":    "a verdict after the first process",
		sequenceOf("must A"):                           `unknown detail "must" of a sequence`,
		sequenceOf("connect"):                          `"connect" does not say when`,
		sequenceOf("at once"):                          "invalid syntax",
		"scene a b\n  /bin/a a":                        "neither a process nor a detail",
		"scene a b\n  /bin/a :: a\n  + connects often": `unknown detail "connects"`,
	} {
		p := sceneReader{images: testCatalog()}
		var err error
		for _, line := range strings.Split(text, "\n") {
			if err == nil {
				err = p.line(line)
			}
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func sequenceOf(detail string) string {
	return "scene a b\nsequence must A (why)\n  /bin/a :: a\n  + " + detail
}

func TestSequenceNotation(t *testing.T) {
	p := sceneReader{images: testCatalog()}
	for _, line := range strings.Split(`scene systemd root
= T1 One
sequence must-ecs A (with b) (why)
sequence miss B
  /bin/a :: a
  + first
  + end at 0.3
    /bin/b :: b
    + at 1.001
    + connect at 5
    + accepted
    + unlogged
  /bin/c :: c
  + reuses
  + elsewhere`, "\n") {
		if err := p.line(line); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
	}
	s := p.scenes[0]
	if want := []mark{{technique: "T1 One", detection: "A (with b)", match: true, note: "why", form: "ecs"}, {technique: "T1 One", detection: "B"}}; !slices.Equal(s.verdicts, want) {
		t.Errorf("%+v", s.verdicts)
	}
	for i, want := range []cue{
		{connect: -1, end: 300_000, first: true},
		{start: 1_001_000, connect: 5_000_000, end: -1, accepted: true, unlogged: true},
		{connect: -1, end: -1, reuses: true, elsewhere: true},
	} {
		if *s.steps[i].cue != want {
			t.Errorf("process %d: %+v, want %+v", i+1, *s.steps[i].cue, want)
		}
	}
}

// Every scene must be playable: known daemons and accounts, no level skipped, few enough steps.
func TestScenesArePlayable(t *testing.T) {
	w := newWorld(Config{Hosts: 1}.Defaults())
	h := w.hosts[0]
	for _, name := range []string{"background", "restarts", "decoys", "attacks", "systemd"} {
		for i, s := range readScenes(name, w.images) {
			if h.daemons[s.from] == nil || h.account(s.as) == nil {
				t.Errorf("%s, scene %d: from %s as %s", name, i+1, s.from, s.as)
			}
			level := -1
			for _, st := range s.steps {
				if st.level > level+1 || h.account(st.as) == nil {
					t.Errorf("%s, scene %d: level %d after %d, as %q", name, i+1, st.level, level, st.as)
				}
				level = st.level
			}
			if len(s.steps) == 0 || len(s.steps) > maxSteps {
				t.Errorf("%s, scene %d has %d steps", name, i+1, len(s.steps))
			}
		}
	}
}
