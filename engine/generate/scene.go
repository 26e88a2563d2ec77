package generate

import (
	"embed"
	"fmt"
	"strconv"
	"strings"
)

// A scene is a tree of processes that belong together. In a .scenes file it is written so:
//
//	scene FROM AS [weight=N] [minute]     FROM is the daemon at the root, AS whose processes they are
//	= technique                           of an attack
//	  image :: command                    a process; two blanks deeper: its child; @USER before the image changes the user
//	  + connect                           it talks to the network
//	  + file PATH                         it writes a file
//	  + must DETECTION (note)             the process must be found; miss: must not; file-must, file-miss: the file's event;
//	                                      end-miss: the event of its end
//	  + exported                          a letter of the word that matters is written as an escape
//
// A scene with lines "sequence must DETECTION (note)", or miss, or must-ecs, is played to the millisecond: see cue.
//
// A blank detection is "-". A command has the slots of lexicon.fill, and %T for a tab; "* :: *" is a program of the tail.
type scene struct {
	weight   float64
	from, as string
	minute   bool // begins with the minute, as cron's do
	steps    []*step
	verdicts []mark // of detections that look for a sequence
}

// A step starts one process. Its parent is the last one before it that is one level up; on level 0, the daemon.
type step struct {
	level               int
	as                  string // who it runs as, if not as its parent
	image               *image // nil: one of the long tail
	command, file       template
	connects, exported  bool
	start, end, created *mark
	cue                 *cue // in scenes that are played to the millisecond
}

//go:embed *.scenes
var scripts embed.FS

// readScenes reads one of the embedded files.
func readScenes(name string, images *catalog) []scene {
	text, err := scripts.ReadFile(name + ".scenes")
	if err != nil {
		panic(err)
	}
	p := sceneReader{images: images}
	for i, line := range strings.Split(string(text), "\n") {
		if err := p.line(line); err != nil {
			panic(fmt.Sprintf("%s.scenes:%d: %v", name, i+1, err))
		}
	}
	return p.scenes
}

type sceneReader struct {
	images    *catalog
	scenes    []scene
	technique string
}

func (p *sceneReader) line(line string) error {
	trimmed := strings.TrimLeft(line, " ")
	head, rest, _ := strings.Cut(trimmed, " ")
	switch {
	case trimmed == "" || head == "#":
		return nil
	case head == "scene":
		p.technique = ""
		return p.header(strings.Fields(rest))
	case len(p.scenes) == 0:
		return fmt.Errorf("no scene yet")
	case head == "=":
		p.technique = rest
		return nil
	case head == "sequence":
		return p.verdict(rest)
	}
	s := &p.scenes[len(p.scenes)-1]
	if head != "+" {
		return p.process(s, (len(line)-len(trimmed))/2-1, trimmed)
	}
	if len(s.steps) == 0 {
		return fmt.Errorf("no process yet")
	}
	return p.detail(s.steps[len(s.steps)-1], rest)
}

func (p *sceneReader) header(words []string) error {
	s := scene{weight: 1}
	for i, word := range words {
		weight, weighs := strings.CutPrefix(word, "weight=")
		switch {
		case i == 0:
			s.from = word
		case i == 1:
			s.as = word
		case word == "minute":
			s.minute = true
		case weighs:
			w, err := strconv.ParseFloat(weight, 64)
			if err != nil {
				return err
			}
			s.weight = w
		default:
			return fmt.Errorf("unknown word %q", word)
		}
	}
	p.scenes = append(p.scenes, s)
	return nil
}

func (p *sceneReader) process(s *scene, level int, text string) error {
	st := &step{level: level}
	if user, rest, ok := strings.Cut(text, " "); ok && user[0] == '@' {
		st.as, text = user[1:], rest
	}
	path, command, ok := strings.Cut(text, " :: ")
	if !ok {
		return fmt.Errorf("neither a process nor a detail: %q", text)
	}
	if path != "*" {
		st.image, st.command = p.images.find(path), compile(strings.ReplaceAll(command, "%T", "\t"))
	}
	if s.verdicts != nil {
		st.cue = newCue()
	}
	s.steps = append(s.steps, st)
	return nil
}

func (p *sceneReader) detail(st *step, text string) error {
	word, rest, _ := strings.Cut(text, " ")
	if st.cue != nil {
		return st.cue.detail(text)
	}
	switch word {
	case "connect":
		st.connects = true
	case "exported":
		st.exported = true
	case "file":
		st.file = compile(rest)
	case "must", "miss":
		st.start = p.mark(word, rest)
	case "end-miss":
		st.end = p.mark("miss", rest)
	case "file-must", "file-miss":
		st.created = p.mark(word[len("file-"):], rest)
	default:
		return fmt.Errorf("unknown detail %q", word)
	}
	return nil
}

func (p *sceneReader) mark(verdict, text string) *mark {
	detection, note := text, ""
	if i := strings.LastIndex(text, " ("); i >= 0 {
		detection, note = text[:i], strings.TrimSuffix(text[i+2:], ")")
	}
	if detection == "-" {
		detection = ""
	}
	return &mark{technique: p.technique, detection: detection, match: verdict == "must", note: note}
}
