package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/adrg/xdg"
	"github.com/spf13/pflag"

	"spoor/engine/rules"
	"spoor/engine/service"
	"spoor/engine/state"
	"spoor/grammar/source"
)

// server is the service at work.
type server struct {
	*detection
	shell *shell
	paths []string
	zone  *time.Location
	store *state.Store
	code  exit // of the rounds and the loading

	version *edition
	files   *service.Files
	hangups chan os.Signal
	hung    bool // somebody asked for the files to be read again

	vitals   vitals
	troubles *troubles // nil: there is one round only
	told     int       // findings, in all rounds
}

// serve answers rules when they are due.
func (o *scheduling) serve(ctx context.Context, s *shell, f *pflag.FlagSet, paths []string) error {
	runs := o.runs
	runs.pack, runs.scheduled = o.pack, true
	if runs.state = o.state; runs.state == "" {
		runs.state = stateFolder(s)
	}
	if err := runs.appendable(f); err != nil {
		return err
	}
	if err := runs.check(); err != nil {
		return err
	}
	zone, err := location(runs.zone)
	if err != nil {
		return err
	}
	jitter := time.Duration(0)
	if o.jitter != "" {
		if jitter, err = timeSpan("--jitter", o.jitter, s.now(), time.UTC); err != nil {
			return err
		}
	}
	if err := overwritten(slices.Concat(paths, runs.data), runs.files()); err != nil {
		return err
	}
	v := &server{detection: runs, shell: s, paths: paths, zone: zone, hangups: make(chan os.Signal, 1), vitals: vitals{now: s.now}}
	if !o.once {
		v.troubles = &troubles{now: s.now}
	}
	l := locking{o.lock}
	return l.held(s, runs.verbose, func() error { return v.run(ctx, jitter, o.once) })
}

// stateFolder is where a service keeps what it knows: the folder that systemd made for it, or one of the user's.
func stateFolder(s *shell) string {
	if given, _, _ := strings.Cut(s.env("STATE_DIRECTORY"), ":"); given != "" {
		return given
	}
	return filepath.Join(xdg.StateHome, "spoor")
}

// appendable looks at what is written: a file has findings of all rounds, and so can a pipe.
func (o *detection) appendable(f *pflag.FlagSet) error {
	piecewise := []string{"", "table", "ndjson", "hec", "bulk"}
	switch {
	case !slices.Contains(piecewise, o.format):
		return usage("%s is written as a whole, and a service has no end", o.format).hint("-o ndjson, hec, bulk or table")
	case o.navigator != "" || o.exitStatus || o.failOn != "" || o.unique:
		return usage("--navigator, --exit-status, --fail-on and --unique are for runs that end").hint("spoor detect --scheduled --state DIR")
	case o.by == "risk":
		return usage("--by risk adds up the findings of a run, and a service has no end")
	}
	if o.format == "" && o.to != "" && o.to != "-" {
		return f.Set("output", "ndjson")
	}
	return nil
}

func (v *server) run(ctx context.Context, jitter time.Duration, once bool) (err error) {
	if !once {
		serving.Store(true)
		signal.Notify(v.hangups, syscall.SIGHUP)
		defer signal.Stop(v.hangups)
	}
	if v.version, err = v.first(ctx); err != nil {
		return err
	}
	v.store, err = state.Open(v.detection.state, state.Options{Now: v.shell.now(), Warn: func(d *source.Diagnostic) {
		v.shell.say("%s", d.Error())
		v.code = v.code.or(unread)
	}})
	switch {
	case errors.Is(err, state.ErrBusy) && once:
		if v.verbose {
			v.shell.skipped(field{"state", v.detection.state})
		}
		return nil
	case errors.Is(err, state.ErrBusy):
		return usage("another run has %s", v.detection.state).hint("a service beside it needs a folder of its own: --state DIR")
	case err != nil:
		return err
	}
	defer v.store.Close()
	answering := &service.Service{Now: v.shell.now, Sleep: v.sleep, Changed: v.changed, Answered: v.answered, Round: v.rounds, Say: v.say, Jitter: jitter}
	if once {
		err := answering.Once(ctx, v.version.duties)
		return cmp.Or(err, v.code.err())
	}
	v.files = service.NewFiles(v.sources())
	defer v.files.Close()
	v.vitals.beat()
	stop := v.shell.watched(v.vitals.within)
	defer stop()
	v.shell.notify("READY=1\nSTATUS=" + v.standing("waiting"))
	defer v.shell.notify("STOPPING=1")
	if v.verbose || !v.quiet {
		v.shell.say("running %s by schedule; times are in %s", source.Count(len(v.version.duties), "rule"), v.zone)
	}
	return answering.Run(ctx, v.version.duties)
}

// sleep waits, at most until files of rules may have changed.
func (v *server) sleep(ctx context.Context, d time.Duration) {
	v.vitals.beat()
	defer v.vitals.beat()
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	case <-v.files.Notices:
	case <-v.hangups:
		v.hung = true
	}
}

// answered is the tick up to which a rule was answered over these logs.
func (v *server) answered(r *rules.Rule) time.Time {
	mark := v.store.Mark(v.logs(), nameOf(r))
	if mark.Tick == 0 {
		return time.Time{}
	}
	return time.Unix(0, mark.Tick)
}

// logs is the set of logs that is searched.
func (v *server) logs() state.Set { return (&remembered{detection: v.detection}).set() }

// rounds answers rules that are due, and says of what went wrong what was not said.
func (v *server) rounds(ctx context.Context, now time.Time, due []*rules.Rule) error {
	if v.troubles == nil {
		return v.round(ctx, now, due)
	}
	names := make([]string, len(due))
	for i, r := range due {
		names[i] = nameOf(r)
	}
	v.troubles.begin(names)
	v.vitals.beat()
	if err := v.round(ctx, now, due); err != nil {
		return err
	}
	for _, text := range v.troubles.end(v.version.able) {
		v.shell.say("over: %s", text)
	}
	if last, err := v.store.Runs(v.logs(), 1); err == nil && len(last) > 0 {
		run := &last[0]
		v.told += run.New + run.Updated
		v.shell.notify("STATUS=" + v.standing(fmt.Sprintf("round of %s: %d new, %d grown, %d late", now.In(v.zone).Format(time.RFC3339), run.New, run.Updated, run.Late)))
	}
	return nil
}

// standing is how the service stands, in a line.
func (v *server) standing(what string) string {
	return fmt.Sprintf("%s; %s; %s told since the start", source.Count(len(v.version.duties), "rule"), what, source.Count(v.told, "finding"))
}

// hears says whether a message of a round is to be said.
func (v *server) hears(level, text string) bool {
	return v.troubles == nil || strings.HasPrefix(leveled(level, text), levelInfo) || v.troubles.hear(text)
}

// say says what is out of the ordinary between rounds, and why one failed.
func (v *server) say(format string, args ...any) {
	if text := fmt.Sprintf(format, args...); !strings.HasPrefix(text, "error: ") || v.hears(levelError, text) {
		v.shell.say("%s", text)
	}
}

// round answers rules that are due.
func (v *server) round(ctx context.Context, now time.Time, due []*rules.Rule) error {
	runs, begun, out := *v.detection, v.shell.now(), *v.shell
	out.hears, out.reads = v.hears, v.vitals.reads
	r := newReport(&out, true, v.verbose, v.zone)
	in, err := v.shell.resolve(v.data)
	if err != nil {
		return err
	}
	code := r.problems(in, nil)
	options, err := runs.running(ctx, v.shell, in)
	if err != nil {
		return err
	}
	options.Compile.Now = now
	v.version.apply(&options.Compile)
	close, err := runs.target(&out, now.In(v.zone))
	if err != nil {
		return err
	}
	defer close()
	runs.quiet, runs.pack = true, v.version.pack
	run := &remembered{detection: &runs, shell: &out, report: r, store: v.store, begun: begun}
	settings, err := run.settings(options)
	if err != nil {
		return err
	}
	more, err := run.do(ctx, due, settings)
	v.code = v.code.or(code).or(more)
	return err
}

// target lets the findings of a round be appended to the file of --to. It is opened for each round, so that it may be moved away at any time.
func (o *detection) target(s *shell, at time.Time) (close func() error, err error) {
	if o.to == "" || o.to == "-" {
		return func() error { return nil }, nil
	}
	if err := o.aim(at); err != nil {
		return nil, err
	}
	f, err := openBehind(o.to)
	if err != nil {
		return nil, err
	}
	o.to, s.out, s.outTerminal, s.width = "", f, false, 0
	return f.Close, nil
}

// durable is a file in which everything is on the disk once it is written.
type durable struct{ *os.File }

func (f durable) Write(p []byte) (int, error) {
	n, err := f.File.Write(p)
	if err != nil {
		return n, err
	}
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return n, err
	}
	return n, f.Sync()
}

// openBehind opens a file to write behind what is in it. A line that was never finished is ended, so that the next one is whole.
func openBehind(name string) (durable, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_APPEND|os.O_CREATE, 0o666)
	if err != nil {
		return durable{}, err
	}
	last := []byte{'\n'}
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() && info.Size() > 0 {
		if _, err := f.ReadAt(last, info.Size()-1); err != nil && !errors.Is(err, io.EOF) {
			_ = f.Close()
			return durable{}, err
		}
	}
	if last[0] != '\n' {
		if _, err := f.WriteString("\n"); err != nil {
			_ = f.Close()
			return durable{}, err
		}
	}
	return durable{f}, nil
}
