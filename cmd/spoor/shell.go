package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	_ "time/tzdata" // zones by name on machines that have no database of them

	"github.com/adrg/xdg"
	"golang.org/x/term"

	"spoor/engine/output"
)

// shell is all that a command sees of its surroundings: the only way to streams, clock and environment, so that tests can replace them.
type shell struct {
	in       io.Reader
	out, err io.Writer

	inTerminal, outTerminal, errTerminal bool

	width    int        // of the terminal; 0 if unknown
	outWidth func() int // that of the terminal now; nil if that is always the same
	errWidth func() int // that of the error stream's terminal now; 0 if unknown
	env      func(name string) string
	now      func() time.Time
	config   string // the folder of settings and macros
	journal  bool   // the error stream goes to the journal, which takes levels

	hears func(level, text string) bool // whether a message is said; nil: each is
	reads func(measured)                // is told when logs begin to be read; nil: nobody is
}

// system is the shell of the process.
func system() *shell {
	s := &shell{
		in: os.Stdin, out: os.Stdout, err: os.Stderr,
		inTerminal:  term.IsTerminal(int(os.Stdin.Fd())),
		outTerminal: term.IsTerminal(int(os.Stdout.Fd())),
		errTerminal: term.IsTerminal(int(os.Stderr.Fd())),
		env:         os.Getenv, now: time.Now,
		config: filepath.Join(xdg.ConfigHome, "spoor"),
	}
	if link, err := os.Readlink("/proc/self/fd/2"); err == nil {
		s.journal = journaled(os.Getenv("JOURNAL_STREAM"), link)
	}
	s.errWidth = func() int {
		width, _, _ := term.GetSize(int(os.Stderr.Fd()))
		return width
	}
	if s.outTerminal {
		s.outWidth = func() int {
			width, _, _ := term.GetSize(int(os.Stdout.Fd()))
			return width
		}
		s.width = s.outWidth()
	}
	return s
}

// widthNow is the width of the terminal, which somebody may have changed since the command began; 0 if unknown.
func (s *shell) widthNow() int {
	if s.outWidth == nil {
		return s.width
	}
	return s.outWidth()
}

// say writes a line or more to the error stream. Text of logs and file names is made harmless.
func (s *shell) say(format string, args ...any) { s.tell(levelInfo, fmt.Sprintf(format, args...)) }

// fail says what went wrong.
func (s *shell) fail(format string, args ...any) { s.tell(levelError, fmt.Sprintf(format, args...)) }

// tell writes a message of a level; what in it says error or warning has that one.
func (s *shell) tell(level, text string) {
	if s.hears != nil && !s.hears(level, text) {
		return
	}
	text = harmless(text)
	if s.journal {
		text = leveled(level, text)
	}
	fmt.Fprintln(s.err, text)
}

// harmless escapes text line by line. Tabs stay: the carets under a query line up by them.
func harmless(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		cells := strings.Split(line, "\t")
		for j := range cells {
			cells[j] = output.Escape(cells[j])
		}
		lines[i] = strings.Join(cells, "\t")
	}
	return strings.Join(lines, "\n")
}

// colored says whether to write colours to a stream.
func (s *shell) colored(when string, terminal bool) bool {
	switch when {
	case "always":
		return true
	case "never":
		return false
	}
	return terminal && s.env("NO_COLOR") == "" && s.env("TERM") != "dumb"
}

// ascii says whether whoever reads a stream may have no letters but those of ASCII: where the locale says so, and where nothing does and no terminal is
// in sight, as in the mail of cron.
func (s *shell) ascii(terminal bool) bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale := strings.ToLower(s.env(name)); locale != "" {
			return !strings.Contains(locale, "utf-8") && !strings.Contains(locale, "utf8")
		}
	}
	return !terminal
}

// piped is the standard input, once something was seen in it.
func (s *shell) piped() (io.Reader, error) {
	if s.inTerminal {
		return nil, usage("no input: name files or folders, or pipe a log into spoor").
			hint("as paths behind the query: /var/log/syslog*")
	}
	r := bufio.NewReaderSize(s.in, 64<<10)
	if _, err := r.Peek(1); err == io.EOF {
		return nil, usage("no input: no path was given and the standard input is empty").
			hint("name files or folders, or `-` where an empty input is fine")
	}
	return r, nil // what else is wrong, the scan will meet and report
}
