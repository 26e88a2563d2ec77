package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/spf13/pflag"

	"spoor/datamodels"
	"spoor/engine"
	"spoor/engine/input"
	"spoor/engine/output"
	"spoor/grammar/source"
)

// query is the flags that say what is asked: shared by all commands that take a query.
type query struct {
	file     string
	earliest string
	latest   string
	ticking
	growing
	clock
	naming
}

// clock is the flags that say how times are read and written.
type clock struct{ zone, now string }

// queryFile is the flag that names the file with the query: a second one would silently take the place of the first.
type queryFile string

func (q *queryFile) Set(name string) error {
	if *q != "" {
		return errors.New("there is one already, and a run has one query")
	}
	*q = queryFile(name)
	return nil
}

func (q *queryFile) String() string { return string(*q) }

func (q *queryFile) Type() string { return "string" }

func (q *query) flags(f *pflag.FlagSet) {
	f.VarP((*queryFile)(&q.file), "file", "f", "read the query from `FILE`, or from the standard input with `-f -`")
	f.StringVar(&q.earliest, "earliest", "", "first moment of the search, inclusive: `TIME` such as -70m@m (see `spoor help time`)")
	f.StringVar(&q.latest, "latest", "", "end of the search, exclusive: `TIME` such as -10m@m, now")
	q.ticking.flags(f)
	q.clock.flags(f)
	q.naming.flags(f)
}

func (c *clock) flags(f *pflag.FlagSet) {
	f.StringVar(&c.zone, "tz", "UTC", "time `ZONE` of times without one, of snapping and of output: UTC, local, Europe/Berlin")
	f.StringVar(&c.now, "now", "", "take this `TIME` for now; `data` is the time of the newest event")
}

// exists says whether there is such a file. One in a folder that may not be entered, as somebody else's home after sudo, is none.
func exists(name string) bool {
	_, err := os.Stat(name)
	return !missing(err) && !errors.Is(err, fs.ErrPermission)
}

// missing says whether an error means that there is no such file.
func missing(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

// text splits the arguments of a command into the query and the paths to search.
func (q *query) text(s *shell, l *language, args []string) (*source.Text, []string, error) {
	if q.file != "" {
		text, err := s.readQuery(q.file)
		if err == nil && len(args) > 0 && looksLikeQuery(args[0]) {
			err = usage("there are two queries: %s holds one, and the first argument is another", q.file).
				hint("with -f all arguments are files and folders to search")
		}
		if err == nil && q.file == "-" && (len(args) == 0 || slices.Contains(args, "-")) {
			err = usage("the standard input cannot be both the query and the log").hint("name the files to search")
		}
		return text, args, err
	}
	if len(args) == 0 {
		return nil, nil, usage("no query").
			hint("spoor %s 'QUERY' PATH..., or -f FILE; put the query in single quotes, for the shell reads |, ` and $", l.command)
	}
	if err := s.misplaced(l, args); err != nil {
		return nil, nil, err
	}
	return source.New("query", args[0]), args[1:], nil
}

// misplaced is an error if the first argument is clearly a file and not a query.
func (s *shell) misplaced(l *language, args []string) error {
	name := args[0]
	if name == "-" {
		return usage("the query comes first, and `-` is none").
			hint("spoor %s 'QUERY' -, or -f - to read the query from the standard input", l.command)
	}
	_, err := os.Stat(name)
	likely := strings.ContainsAny(name, "/.") || len(args) == 1 && s.inTerminal || len(args) > 1 && looksLikeQuery(args[1])
	if err != nil || !likely {
		return nil
	}
	m := usage("%s is a file, not a query", name)
	switch filepath.Ext(name) {
	case l.extension:
		return m.hint("to run the query in it: -f %s", name)
	case l.other().extension:
		return m.hint("to run the query in it: spoor %s -f %s", l.other().command, name)
	}
	return usage("%s is a file, not a query: the query comes first", name).hint("spoor %s 'QUERY' %s", l.command, name)
}

// looksLikeQuery says whether an argument can hardly be a path.
func looksLikeQuery(arg string) bool {
	return strings.HasPrefix(strings.TrimSpace(arg), "|") || (strings.ContainsAny(arg, "|`") || likeEQL(arg)) && !exists(arg)
}

// queryLimit is how long a file with a query may be: a log given by mistake is no query.
const queryLimit = 4 << 20

func (s *shell) readQuery(name string) (*source.Text, error) {
	r := s.in
	if name == "-" {
		if s.inTerminal {
			s.say("type the query, then Ctrl-D")
		}
		name = "query"
	} else {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		r = f
	}
	body, err := io.ReadAll(io.LimitReader(r, queryLimit+1))
	switch {
	case err != nil:
		return nil, err
	case len(body) > queryLimit:
		return nil, usage("%s is larger than 4 MiB: is it a log?", name).hint("-f names the file with the query; the logs are arguments")
	}
	return source.New(name, strings.TrimPrefix(string(body), "\ufeff")), nil
}

// prepared is a query that is ready to run.
type prepared struct {
	program  *engine.Program
	language *language
	warnings source.Errors
	zone     *time.Location
	now      time.Time // or the tick for which the query runs
	paths    []string
	digest   []output.Digest        // of a table; empty: all columns
	inputs   func() (inputs, error) // finds what the paths lead to, once

	sourcetypes map[string]string
	host        string

	follow bool
	lag    time.Duration // of events that are followed
	state  string        // the folder in which it is kept what was read and written; empty: nothing is
	periods
}

// compiler is the flags of a language, by which it makes a program of a query's text. The options hold what all languages share.
type compiler interface {
	language() *language
	compile(*shell, *source.Text, engine.Options) (*engine.Program, source.Errors, error)
}

// prepare reads and compiles the query in the arguments. Inputs are looked for only for --now data.
func (q *query) prepare(ctx context.Context, s *shell, args []string, c compiler) (*prepared, error) {
	l := c.language()
	text, paths, err := q.text(s, l, args)
	if err != nil {
		return nil, err
	}
	zone, err := location(q.zone)
	if err != nil {
		return nil, err
	}
	sourcetypes, err := q.sourcetypes()
	if err != nil {
		return nil, err
	}
	resolve := sync.OnceValues(func() (inputs, error) { return s.resolve(paths) })
	now, err := q.moment(s, zone, func() (time.Time, error) { return newest(ctx, resolve) })
	if err != nil {
		return nil, err
	}
	at, err := q.anchor(now, zone)
	if err != nil {
		return nil, err
	}
	compile := func(at anchor) (*engine.Program, source.Errors, error) {
		o := engine.Options{Models: datamodels.Builtin(), Earliest: at.earliest, Latest: at.latest, Now: at.now, Zone: zone, Sourcetypes: sourcetypes}
		if q.state != "" { // rows are to be known again
			o.Evidence, o.Keyed = 1, true
		}
		return c.compile(s, text, o)
	}
	program, warnings, err := compile(at)
	if err != nil {
		return nil, l.doubted(text, err)
	}
	return &prepared{
		program: program, language: l, warnings: append(warnings, l.doubts(text)...), zone: zone, now: at.now, paths: paths, inputs: resolve,
		sourcetypes: sourcetypes, host: q.host, follow: q.follow, lag: at.lag, state: q.state,
		periods: periods{every: q.every, earliest: q.earliest, now: q.now, catchUp: at.catchUp, compile: compile},
	}, nil
}

// inputs is what paths lead to, and what is wrong with some of them.
type inputs struct {
	found    input.Inputs
	problems source.Errors
}

// resolve finds the inputs that paths name; none is the standard input.
func (s *shell) resolve(paths []string) (inputs, error) {
	stdin := s.in
	if len(paths) == 0 {
		r, err := s.piped()
		if err != nil {
			return inputs{}, err
		}
		stdin, paths = r, []string{"-"}
	}
	found, problems := input.Resolve(paths, stdin)
	return inputs{found, problems}, nil
}
