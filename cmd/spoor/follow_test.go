package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// process is an event of a process, so many seconds after noon.
func process(seconds int, action, name, pid string) string {
	return fmt.Sprintf(`{"@timestamp":"2026-03-01T12:00:%02dZ","event":{"category":"process","type":"%s","action":"%s"},"host":{"id":"h"},"process":{"name":"%s","pid":%s}}`+"\n",
		seconds, action, action, name, pid)
}

// running is a search that follows, whose rows are read while it runs.
type running struct {
	t      *testing.T
	screen *screen
	words  *words
	rows   *bufio.Reader
	ended  chan exit
	stop   context.CancelFunc
}

func follows(t *testing.T, in io.Reader, args ...string) *running {
	t.Helper()
	return followsBy(t, func() time.Time { return time.Date(2026, 3, 1, 12, 1, 0, 0, time.UTC) }, in, args...)
}

// followsBy is the same by a clock.
func followsBy(t *testing.T, now func() time.Time, in io.Reader, args ...string) *running {
	t.Helper()
	s := newScreen(t, "")
	from, to := io.Pipe()
	ctx, stop := context.WithCancel(t.Context())
	heard := &words{to: &s.stderr}
	s.in, s.out, s.err, s.outTerminal = in, to, heard, false
	s.now = now
	r := &running{t: t, screen: s, words: heard, rows: bufio.NewReader(from), ended: make(chan exit, 1), stop: stop}
	go func() {
		r.ended <- run(ctx, args, &s.shell)
		to.Close()
	}()
	t.Cleanup(func() { stop(); from.Close() })
	return r
}

// row is the next row, as soon as it comes.
func (r *running) row() string {
	r.t.Helper()
	line := make(chan string, 1)
	go func() {
		text, _ := r.rows.ReadString('\n')
		line <- strings.TrimSuffix(text, "\n")
	}()
	select {
	case text := <-line:
		return text
	case <-time.After(20 * time.Second):
		r.t.Fatal("no row came")
		return ""
	}
}

func (r *running) want(rows ...string) {
	r.t.Helper()
	for _, want := range rows {
		if got := r.row(); got != want {
			r.t.Fatalf("got %s, want %s", got, want)
		}
	}
}

// end waits until the search has ended.
func (r *running) end(code exit) {
	r.t.Helper()
	select {
	case got := <-r.ended:
		if got != code {
			r.t.Errorf("code %d, want %d: %s", got, code, r.screen.stderr.String())
		}
	case <-time.After(20 * time.Second):
		r.t.Fatal("it did not end")
	}
}

func send(t *testing.T, to io.Writer, texts ...string) {
	t.Helper()
	if _, err := io.WriteString(to, strings.Join(texts, "")); err != nil {
		t.Fatal(err)
	}
}

func appendTo(t *testing.T, path string, texts ...string) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	send(t, f, texts...)
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestFollowPipe(t *testing.T) {
	in, to := io.Pipe()
	r := follows(t, in, "search", "-F", "EventID=1 | eval n=ProcessId+1 | table n", "-")
	for i := range 3 {
		line := strings.Replace(event, `"ProcessId":"7"`, fmt.Sprintf(`"ProcessId":"%d"`, i), 1)
		half := len(line) / 2
		send(t, to, line[:half])
		send(t, to, line[half:])
		r.want(fmt.Sprintf(`{"n":%d}`, i+1)) // while the pipe stays open
	}
	to.Close()
	r.end(done)
	if said := r.screen.stderr.String(); !strings.Contains(said, "read 1 file, ") || !strings.Contains(said, "3 records") {
		t.Errorf("the ledger says %q", said)
	}
}

func TestFollowFiles(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "log")
	appendTo(t, path, event)
	ledger := filepath.Join(t.TempDir(), "ledger.json")
	r := follows(t, nil, "search", "-F", "EventID=1 | table ProcessId", "--earliest", "2026-03-01", "--ledger", ledger, folder)
	r.want(`{"ProcessId":"7"}`)
	appendTo(t, path, strings.Replace(event, `"7"`, `"8"`, 1))
	r.want(`{"ProcessId":"8"}`)
	if err := os.Rename(path, path+".1"); err != nil {
		t.Fatal(err)
	}
	appendTo(t, path, strings.Replace(event, `"7"`, `"9"`, 1))
	r.want(`{"ProcessId":"9"}`)
	r.stop()
	r.end(interrupted)
	var account struct{ Total struct{ Records int } }
	body, err := os.ReadFile(ledger)
	if err = errors.Join(err, json.Unmarshal(body, &account)); err != nil || account.Total.Records != 3 {
		t.Errorf("the ledger is %s, %v", body, err)
	}
}

// A sequence whose events come in different rounds is found once, and so is the next one.
func TestFollowSequence(t *testing.T) {
	in, to := io.Pipe()
	r := follows(t, in, "eql", "-F", `sequence by process.pid with maxspan=30s [process where process.name == "a"] [process where process.name == "b"]`, "-")
	for i := range 2 {
		pid := fmt.Sprint(i)
		send(t, to, process(10*i, "start", "a", pid))
		time.Sleep(300 * time.Millisecond) // longer than a round takes to come
		send(t, to, process(10*i+1, "start", "b", pid))
		if text := r.row(); strings.Count(text, `"process.pid":`+pid) != 2 {
			t.Fatalf("sequence %d is %s", i, text)
		}
	}
	to.Close()
	if text := r.row(); text != "" {
		t.Errorf("there is another one: %s", text)
	}
	r.end(done)
}

// Of an event that must not come it is known once the time is over, or the pipe is.
func TestFollowMissing(t *testing.T) {
	in, to := io.Pipe()
	r := follows(t, in, "eql", "-F", `sequence by host.id with maxspan=5s [process where process.name == "a"] ![process where process.name == "b"]`, "-o", "raw", "-")
	send(t, to, process(0, "start", "a", "1"), process(1, "start", "b", "2"), process(10, "start", "a", "3"), process(30, "start", "c", "4"))
	if text := r.row(); !strings.Contains(text, `"pid":3`) {
		t.Fatalf("got %s", text)
	}
	send(t, to, process(40, "start", "a", "5"))
	to.Close()
	if text := r.row(); !strings.Contains(text, `"pid":5`) {
		t.Fatalf("got %s", text)
	}
	r.end(done)
}

// gone is an output whose reader has gone.
type gone struct{}

func (gone) Write([]byte) (int, error) { return 0, syscall.EPIPE }

func TestFollowForNobody(t *testing.T) {
	in, to := io.Pipe()
	defer to.Close()
	s := newScreen(t, "")
	s.in, s.out, s.outTerminal = in, gone{}, false
	go func() { _, _ = io.WriteString(to, event) }()
	if code := s.run("search", "-q", "-F", "EventID=1", "-"); code != done || s.stderr.Len() > 0 {
		t.Errorf("code %d, said %q", code, s.stderr.String())
	}
}

// words is what a search says, to be read while it runs.
type words struct {
	mu sync.Mutex
	to *bytes.Buffer
}

func (w *words) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.to.Write(p)
}

func (w *words) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.to.String()
}

// said waits until the search has said something.
func (r *running) said(text string) {
	r.t.Helper()
	for range 200 {
		if strings.Contains(r.words.String(), text) {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	r.t.Fatalf("it did not say %q, but %q", text, r.words.String())
}

// With -v a line for the journal tells every minute what came, if something did.
func TestFollowTells(t *testing.T) {
	rules := ruleFile(t, oneA)
	for _, args := range [][]string{
		{"eql", "-F", "-q", "-v", `process where process.name == "a"`},
		{"detect", "-F", "-q", "-v", rules, "--data"},
	} {
		path := filepath.Join(t.TempDir(), "log")
		appendTo(t, path)
		clock := &hands{}
		clock.set(t, "2026-03-01T12:00:00Z")
		r := followsBy(t, clock.now, nil, append(args, path)...)
		time.Sleep(500 * time.Millisecond)
		appendTo(t, path, process(0, "start", "a", "1"), process(1, "start", "b", "1"))
		r.row()
		time.Sleep(500 * time.Millisecond)
		clock.set(t, "2026-03-01T12:01:10Z")
		appendTo(t, path, process(59, "start", "a", "1"))
		r.row()
		r.said("spoor: following=1m10s found=2 records=3 read=")
		r.said(" lag=11s held=0 ")
		clock.set(t, "2026-03-01T12:30:00Z") // nothing came: nothing is told
		time.Sleep(6 * time.Second)
		clock.set(t, "2026-03-01T13:01:10Z")
		r.said("spoor: following=1h0m0s found=0 records=0 read=0B")
		r.stop()
		r.end(interrupted)
	}
}
