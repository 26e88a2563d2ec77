package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"spoor/engine/state"
)

// evils is a log of so many events of which a rule finds each.
func evils(n int) string {
	var b strings.Builder
	for i := range n {
		at := time.Date(2026, 5, 6, 0, 0, i, 0, time.UTC)
		fmt.Fprintf(&b, `{"EventID":"1","Computer":"web1","UtcTime":"%s","Image":"/bin/evil","ProcessId":"%d","EventRecordID":"%d"}`+"\n", at.Format("2006-01-02 15:04:05.000"), i, i)
	}
	return b.String()
}

const evilRule = "title: evil\nlanguage: eql\nschedule: {cron: '0 * * * *', earliest: '-20y', latest: now}\nquery: 'process where process.name == \"evil\"'\n"

// hourOfEvils is a folder with a rule and a log of so many events that it finds.
func hourOfEvils(t *testing.T, n int) (folder string) {
	t.Helper()
	folder = t.TempDir()
	for name, text := range map[string]string{"rule.yml": evilRule, "log": evils(n)} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// ends runs a command of a shell in a folder, and gives its exit code, what it wrote and what it said.
func ends(t *testing.T, folder, command string) (code int, out, said string) {
	t.Helper()
	cmd := exec.Command("sh", "-c", command)
	cmd.Dir = folder
	cmd.Env = []string{"PATH=" + filepath.Dir(program(t)) + ":/usr/bin:/bin", "HOME=" + folder, "SPOOR_NOW=2026-05-06T12:00:00Z"}
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	var failed *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &failed) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()
}

// Where there is no room for what runs remember nothing is told, and the exit code says that it is nobody's misuse. With room again all is told, once.
func TestNoRoomForTheState(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("shells elsewhere count the room in other ways")
	}
	const findings = 20_000
	folder := hourOfEvils(t, findings)
	for _, c := range []struct {
		limit   int // of files, in blocks
		command string
		says    string
		told    int
	}{
		{900, "spoor detect rule.yml --data log --state detect", tellsLater, findings},
		{900, "spoor detect rule.yml --scheduled --data log --state scheduled", tellsLater, findings},
		{900, "spoor schedule rule.yml --once --data log --state service -o ndjson", tellsLater, findings},
		{8, "spoor silence add evil --state silence -o ndjson", "", 1},
	} {
		code, out, said := ends(t, folder, fmt.Sprintf("ulimit -f %d; %s", c.limit, c.command))
		if code != int(unread) || out != "" || !strings.Contains(said, "there is no room for the state in ") || !strings.Contains(said, c.says) {
			t.Errorf("%s: exit code %d, %d bytes written, said %s", c.command, code, len(out), said)
		}
		code, out, said = ends(t, folder, c.command)
		if told := strings.Count(out, "\n"); code != 0 || told != c.told {
			t.Errorf("%s: with room exit code %d, %d told, said %s", c.command, code, told, said)
		}
	}
}

// A run that cannot remember what it told says so; what it wrote is written.
func TestToldAndNotKept(t *testing.T) {
	const findings = 5_000
	folder := hourOfEvils(t, findings)
	cmd := exec.Command(program(t), "detect", "rule.yml", "--data", "log", "--state", "state", "-o", "ndjson")
	cmd.Dir, cmd.Env = folder, append(os.Environ(), "XDG_CONFIG_HOME="+folder)
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out) // what is written fits no pipe: the run waits
	if lines.Buffer(nil, 1<<20); !lines.Scan() {
		t.Fatalf("nothing was told: %s", &said)
	}
	database := filepath.Join(folder, "state", "state.db")
	if err := os.Rename(database, database+".away"); err != nil {
		t.Fatal(err)
	}
	told := 1
	for lines.Scan() {
		told++
	}
	_ = cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != int(unread) || told != findings || !strings.Contains(said.String(), tellsAgain) {
		t.Errorf("exit code %d, %d told, said %s", code, told, &said)
	}
	if err := os.Rename(database+".away", database); err != nil {
		t.Fatal(err)
	}
	if code, again, said := ends(t, folder, "spoor detect rule.yml --data log --state state -o ndjson"); code != 0 || strings.Count(again, `"status":"again"`) != findings {
		t.Errorf("exit code %d, %d bytes told, said %s", code, len(again), said)
	}
}

// One that follows logs ends when it cannot remember, without telling what the next one will.
func TestFollowedAndNotKept(t *testing.T) {
	folder, dir := t.TempDir(), filepath.Join(t.TempDir(), "state")
	path, database := filepath.Join(folder, "log"), filepath.Join(dir, "state.db")
	rules := ruleFile(t, oneA)
	appendTo(t, path)
	start := func() *running {
		r := follows(t, nil, "detect", "-F", rules, "--data", folder, "--state", dir)
		time.Sleep(700 * time.Millisecond)
		return r
	}
	r := start()
	if err := os.Rename(database, database+".away"); err != nil {
		t.Fatal(err)
	}
	appendTo(t, path, process(10, "start", "a", "1"))
	if text := r.row(); text != "" {
		t.Errorf("told %s", text)
	}
	if r.end(unread); !strings.Contains(r.screen.stderr.String(), tellsLater) {
		t.Errorf("said %s", r.screen.stderr.String())
	}
	if err := os.Rename(database+".away", database); err != nil {
		t.Fatal(err)
	}
	r = start()
	if got := r.finding(); got.Rule.Name != "one a" {
		t.Errorf("told %+v", got)
	}
	r.stop()
	r.end(interrupted)
}

// The system says in many ways that something cannot be kept.
func TestLost(t *testing.T) {
	for _, err := range []error{
		&state.Unkept{Dir: "d", Err: errors.New("x")}, &forgotten{errors.New("x"), "y"}, fmt.Errorf("write: %w", &os.PathError{Op: "write", Path: "p", Err: syscall.ENOSPC}),
	} {
		s, _, _ := silentShell(t)
		if code := s.conclude(t.Context(), err); code != unread {
			t.Errorf("%v: exit code %d", err, code)
		}
	}
}
