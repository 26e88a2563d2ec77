package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// heard is what a process said, also while it runs.
type heard struct {
	sync.Mutex
	text bytes.Buffer
}

func (h *heard) Write(p []byte) (int, error) {
	h.Lock()
	defer h.Unlock()
	return h.text.Write(p)
}

func (h *heard) String() string {
	h.Lock()
	defer h.Unlock()
	return h.text.String()
}

// served is a service that runs over a log.
type served struct {
	t      *testing.T
	folder string
	cmd    *exec.Cmd
	said   *heard
	events int
}

func newServed(t *testing.T) *served {
	s := &served{t: t, folder: t.TempDir()}
	s.write("log", "")
	s.write("rules/first.yml", ruleOf("first", "evil"))
	return s
}

// ruleOf is a rule that runs every second.
func ruleOf(name, image string) string {
	return "title: " + name + "\nlanguage: spl\nschedule: {cron: \"@every 1s\", earliest: -1h, latest: now}\nquery: search EventID=1 Image=*/" + image + "\n"
}

func (s *served) path(name string) string { return filepath.Join(s.folder, name) }

func (s *served) write(name, text string) {
	s.t.Helper()
	if err := os.MkdirAll(filepath.Dir(s.path(name)), 0o700); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(s.path(name), []byte(text), 0o600); err != nil {
		s.t.Fatal(err)
	}
}

// happens appends an event of a program that was started now.
func (s *served) happens(image string) {
	s.t.Helper()
	f, err := os.OpenFile(s.path("log"), os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		s.t.Fatal(err)
	}
	defer f.Close()
	s.events++
	fmt.Fprintf(f, `{"EventID":"1","Computer":"web1","UtcTime":"%s","Image":"/bin/%s","ProcessId":"%d","EventRecordID":"%d"}`+"\n",
		time.Now().UTC().Format("2006-01-02 15:04:05.000"), image, s.events, s.events)
}

func (s *served) start(spoor string, args ...string) {
	s.t.Helper()
	s.said = &heard{}
	s.cmd = exec.Command(spoor, append([]string{"schedule", s.path("rules"), "--data", s.path("log"), "--state", s.path("state")}, args...)...)
	s.cmd.Env = append(os.Environ(), "XDG_CONFIG_HOME="+s.path("config"), "NOTIFY_SOCKET=", "SPOOR_NOW=")
	s.cmd.Stderr = s.said
	if err := s.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	cmd := s.cmd
	s.t.Cleanup(func() { _ = cmd.Process.Kill() })
}

// await waits until something is so.
func (s *served) await(what string, so func() bool) {
	s.t.Helper()
	for begun := time.Now(); !so(); time.Sleep(10 * time.Millisecond) {
		if time.Since(begun) > time.Minute {
			s.t.Fatalf("%s: never; said %s", what, s.said)
		}
	}
}

// tells waits until so many findings of a rule are in the file.
func (s *served) tells(rule string, n int) {
	s.t.Helper()
	s.await(fmt.Sprintf("%d findings of %s", n, rule), func() bool {
		out, _ := os.ReadFile(s.path("out.ndjson"))
		return bytes.Count(out, []byte(`"rule":{"name":"`+rule)) >= n
	})
}

// told is the findings in the file, but for one in which the process was killed while it wrote.
func (s *served) told() toldBy {
	s.t.Helper()
	out := toldBy{map[string]int{}, map[string]int{}}
	for line := range strings.Lines(read(s.t, s.path("out.ndjson"))) {
		if strings.HasSuffix(line, "}\n") {
			out.read(s.t, []byte(line))
		}
	}
	return out
}

// ends waits for the end of the process, and gives its exit code: -1 if it was killed.
func (s *served) ends() int {
	s.t.Helper()
	err := s.cmd.Wait()
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		s.t.Fatal(err)
	}
	return s.cmd.ProcessState.ExitCode()
}
