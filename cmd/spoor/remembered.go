package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"spoor/engine"
	"spoor/engine/detect"
	"spoor/engine/input"
	"spoor/engine/rounds"
	"spoor/engine/rules"
	"spoor/engine/startindex"
	"spoor/engine/state"
	"spoor/engine/timeindex"
	"spoor/grammar/source"
)

// memoryOfRuns is the flags of runs that know of each other.
type memoryOfRuns struct {
	state    string
	remember string
	catchUp  string
	line     *pflag.FlagSet // the command line
}

func (o *memoryOfRuns) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	o.line = f
	f.Var((*filled)(&o.state), "state", "keep in `DIR` what was read and told: tell each finding once, search what earlier runs missed and what came late")
	f.StringVar(&o.remember, "remember", "30d", "know findings for so much `TIME`; 0: for ever")
	f.StringVar(&o.catchUp, "catch-up", "1d", "go back up to so much `TIME` for what was missed or came late; 0: any time")
	_ = cmd.MarkFlagDirname("state")
}

// check is an error if something is said of a state, and there is none.
func (o *memoryOfRuns) check() error {
	for _, name := range []string{"remember", "catch-up"} {
		if o.state == "" && typed(o.line, name) {
			return usage("--%s is for runs with a state folder", name).hint("name one: --state DIR")
		}
	}
	return nil
}

// span is the time of one of the flags; 0 means none.
func (o *memoryOfRuns) span(s *shell, flag, text string, zone *time.Location) (time.Duration, error) {
	if text == "0" {
		return 0, nil
	}
	return timeSpan(flag, text, s.now(), zone)
}

// remembered is a run of detect with a state folder.
type remembered struct {
	*detection
	shell  *shell
	report *report
	store  *state.Store
	begun  time.Time
	copies []*os.File
	code   exit
}

// remembering answers the rules, tells what is new, and remembers it. A run beside another one does nothing.
func (o *detection) remembering(ctx context.Context, s *shell, chosen []*rules.Rule, options detect.Options, r *report, begun time.Time) (exit, error) {
	run := &remembered{detection: o, shell: s, report: r, begun: begun}
	settings, err := run.settings(options)
	if err != nil {
		return done, err
	}
	run.store, err = state.Open(o.state, state.Options{Now: options.Compile.Now, Warn: func(d *source.Diagnostic) {
		s.say("%s", d.Error())
		run.code = unread
	}})
	if errors.Is(err, state.ErrBusy) {
		if o.verbose {
			s.skipped(field{"state", o.state})
		}
		return done, nil
	}
	if err != nil {
		return done, err
	}
	defer run.store.Close()
	return run.do(ctx, chosen, settings)
}

func (r *remembered) settings(options detect.Options) (rounds.Options, error) {
	out := rounds.Options{Detect: options, Set: r.set(), What: strings.Join(r.data, " "), Unheard: r.quiet}
	var err error
	out.Starts = startindex.OpenFolder(r.state, startindex.Options{Now: options.Compile.Now, Build: version(), Warn: func(d *source.Diagnostic) { r.report.diagnostics(source.Errors{d}) }})
	if out.Remember, err = r.span(r.shell, "--remember", r.memoryOfRuns.remember, options.Compile.Zone); err != nil {
		return out, err
	}
	out.Catchup, err = r.span(r.shell, "--catch-up", r.catchUp, options.Compile.Zone)
	return out, err
}

// set is which logs these are: runs over the same ones know of each other, wherever they are started.
func (r *remembered) set() state.Set { return setOf(r.data, r.host) }

// setOf is a set by the paths of its logs, and what else tells it from others.
func setOf(paths []string, apart ...string) state.Set {
	names := make([]string, len(paths))
	for i, path := range paths {
		if names[i] = path; path != "-" {
			if abs, err := filepath.Abs(path); err == nil {
				names[i] = abs
			}
		}
	}
	slices.Sort(names)
	sum := sha256.Sum256([]byte(strings.Join(append(names, apart...), "\x00")))
	return state.Set(hex.EncodeToString(sum[:8]))
}

// look looks at the logs, as far as earlier runs did not. A pipe is copied first, so that it can be read as often as files are; one into which nobody
// writes is said.
func (r *remembered) look(ctx context.Context, o detect.Options) (files []rounds.File, err error) {
	r.tidy()
	var in input.Inputs
	var names []string
	piped := map[string]bool{}
	for _, x := range o.Run.Inputs {
		name := x.Path
		if x.Size < 0 {
			var silent *source.Diagnostic
			if x.Path, silent, err = r.copy(x); err != nil {
				return nil, err
			}
			if silent != nil {
				r.report.diagnostics(source.Errors{silent})
				r.code = r.code.or(unread)
				continue
			}
			x, piped[name] = input.Input{Path: x.Path}, true
		}
		in, names = append(in, x), append(names, name)
	}
	index := timeindex.OpenFolder(r.state, func(d *source.Diagnostic) { r.report.diagnostics(source.Errors{d}) })
	members, err := index.Look(ctx, in, timeindex.Options{Now: o.Compile.Now, Zone: o.Compile.Zone, Workers: o.Run.Workers})
	if err != nil {
		return nil, err
	}
	for i, m := range members {
		m.Input.Path = names[i] // it is opened by what it was when it was looked at
	}
	files = rounds.FilesOf(members)
	for i := range files {
		files[i].Passing = piped[files[i].Input.Path]
	}
	return files, nil
}

// copy puts a pipe's text into a file.
func (r *remembered) copy(in input.Input) (name string, silent *source.Diagnostic, err error) {
	from := in.Stream
	if from == nil {
		pipe, err := openPipe(in.Path)
		if err != nil {
			return "", source.Errorf(source.Span{}, "unreadable", "%s: %s", in.Path, source.Reason(err)).WithHint("what comes is searched by the next run"), nil
		}
		defer pipe.Close()
		from = pipe
	}
	to, err := os.CreateTemp(r.tempDir, r.copyName()+"*")
	if err != nil {
		return "", nil, err
	}
	unfinishedFiles.add(to.Name())
	r.copies = append(r.copies, to)
	_, err = io.Copy(to, from)
	return to.Name(), nil, err
}

// copyName is how the copies of pipes are called that are made for a state folder, which one run has at a time.
func (r *remembered) copyName() string {
	folder, err := filepath.Abs(r.state)
	if err != nil {
		folder = r.state
	}
	sum := sha256.Sum256([]byte(folder))
	return "spoor-pipe-" + hex.EncodeToString(sum[:8]) + "-"
}

// tidy removes copies that a run left which was killed.
func (r *remembered) tidy() {
	entries, _ := os.ReadDir(r.tempDir)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), r.copyName()) {
			_ = os.Remove(filepath.Join(r.tempDir, e.Name()))
		}
	}
}

// discard removes the copies of pipes.
func (r *remembered) discard() {
	for _, f := range r.copies {
		_ = f.Close()
		if os.Remove(f.Name()) == nil {
			unfinishedFiles.drop(f.Name())
		}
	}
}

func (r *remembered) do(ctx context.Context, chosen []*rules.Rule, o rounds.Options) (exit, error) {
	defer r.discard()
	files, err := r.look(ctx, o.Detect)
	if err != nil {
		return done, err
	}
	var bar *progress
	o.Detect.Run.Begun = func(account *engine.Result) { bar = startProgress(r.shell, account, r.noProgress || r.quiet) }
	round, err := rounds.Answer(ctx, r.store, chosen, files, o)
	bar.stop()
	if ctx.Err() != nil {
		return done, interrupted
	}
	if err == nil {
		err = round.Announce()
	}
	if err != nil {
		return done, &forgotten{err, tellsLater}
	}
	r.reticent = r.quiet
	worst, err := r.findings.write(context.WithoutCancel(ctx), r.shell, round.Findings(), round.Report, o.Detect)
	if err != nil {
		return done, err
	}
	ended := o.Detect.Compile.Now.Add(r.shell.now().Sub(r.begun)) // --now may be another time than that of the clock
	if err := round.Commit(ended.UnixNano(), round.Report.Ledger.Total.Stored); err != nil {
		return done, &forgotten{err, tellsAgain}
	}
	code := r.tell(round, worst)
	return code, r.profiling.tell(r.shell, ofRules(round.Report), r.verbose)
}

// What becomes of the findings of a run that cannot remember what it did.
const (
	tellsLater = "nothing was told; the next run goes on where the last one ended that could be kept, and tells it"
	tellsAgain = "what was found was told; the next run does not know, and tells it once more, as \"again\""
)
