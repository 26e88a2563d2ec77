package main

import (
	"cmp"
	"context"
	"path/filepath"
	"slices"
	"time"

	"spoor/engine"
	"spoor/engine/detect"
	"spoor/engine/rules"
	"spoor/engine/service"
	"spoor/grammar/source"
)

// edition is rules and what they use as they were when they were read.
type edition struct {
	pack    pack
	compile engine.Options // macros, lookups and the like
	duties  []service.Duty
	able    map[string]bool // the rules that can run
	wrong   source.Errors   // what is wrong with others
}

// apply says in options what rules may use.
func (v *edition) apply(o *engine.Options) {
	o.Macros, o.Lookups, o.Rules, o.Places, o.SplunkLimits = v.compile.Macros, v.compile.Lookups, v.compile.Rules, v.compile.Places, v.compile.SplunkLimits
}

func nameOf(r *rules.Rule) string { return detect.NameOf(r) }

// first is the rules that a service begins with. What is wrong with some of them is said.
func (v *server) first(ctx context.Context) (*edition, error) {
	out := &edition{pack: v.pack}
	chosen, code, err := out.pack.open(v.shell, v.paths, v.quiet)
	if err != nil {
		return nil, err
	}
	v.code = v.code.or(code)
	if err := v.prepare(ctx, out, chosen); err != nil {
		return nil, err
	}
	if len(out.wrong) > 0 && !v.quiet {
		v.shell.say("%s", out.wrong.Error())
	}
	out.wrong = append(out.wrong, timetableOf(chosen, v.zone).wrong...) // these were said
	if len(out.duties) == 0 {
		return nil, usage("none of the rules says when to run it, and can run")
	}
	return out, nil
}

// prepare compiles rules, and keeps those that can run and say when.
func (v *server) prepare(ctx context.Context, out *edition, chosen []*rules.Rule) error {
	options, err := v.running(ctx, v.shell, inputs{})
	if err != nil {
		return err
	}
	doubts, err := out.pack.library.options(v.shell, &options.Compile)
	if err != nil {
		return err
	}
	if v.version == nil {
		newReport(v.shell, v.quiet, false, v.zone).diagnostics(doubts)
	}
	out.compile, out.able = options.Compile, map[string]bool{}
	table := timetableOf(chosen, v.zone)
	if v.version == nil {
		v.code = v.code.or(table.tell(v.shell, v.quiet))
	} else {
		out.wrong = table.wrong
	}
	for i, c := range engine.CompileRules(rulesOf(table.duties), options.Compile) {
		if c.Program != nil {
			out.duties = append(out.duties, table.duties[i])
			out.able[nameOf(c.Rule)] = true
			continue
		}
		for _, d := range c.Errors {
			if d.Severity == source.Error {
				out.wrong = append(out.wrong, d)
				break
			}
		}
	}
	return nil
}

func rulesOf(list []service.Duty) []*rules.Rule {
	out := make([]*rules.Rule, len(list))
	for i, d := range list {
		out[i] = d.Rule
	}
	return out
}

// again reads the rules again. An error says what is broken that was not.
func (v *server) again(ctx context.Context) (*edition, error) {
	out := &edition{pack: v.pack}
	wanted, err := out.pack.selection()
	if err != nil {
		return nil, err
	}
	problems := out.pack.load(v.paths)
	if len(out.pack.pack.All()) == 0 {
		return nil, nothingIn(v.paths, problems)
	}
	if out.pack.pack.Broken > v.version.pack.pack.Broken || problems.Failed() {
		return nil, cmp.Or(news(problems, v.version.pack.problems), error(problems))
	}
	chosen := wanted.Of(out.pack.pack.All())
	if err := v.prepare(ctx, out, chosen); err != nil {
		return nil, err
	}
	for _, r := range chosen {
		if name := nameOf(r); v.version.able[name] && !out.able[name] && (r.Schedule.Cron != "" || r.Schedule.Interval != "") {
			return nil, cmp.Or(news(out.wrong, v.version.wrong), error(usage("%q cannot run any more: %s", r.Name, r.Unsupported())))
		}
	}
	if len(out.duties) == 0 {
		return nil, usage("none of the rules says when to run it, and can run")
	}
	return out, nil
}

// news is the problems that there were not before; nil if there are none.
func news(now, before source.Errors) error {
	list := slices.DeleteFunc(slices.Clone(now), func(d *source.Diagnostic) bool {
		return harmlessIn(d) || slices.ContainsFunc(before, func(old *source.Diagnostic) bool { return old.Error() == d.Error() })
	})
	if len(list) == 0 {
		return nil
	}
	return list
}

// changed reads the rules again when their files have changed, or somebody asks for it. What is broken is said, once for each change.
func (v *server) changed(now time.Time) (list []service.Duty, ok bool, again time.Duration) {
	select {
	case <-v.hangups: // that came in a round
		v.hung = true
	default:
	}
	changed, again := v.files.Look(v.sources(), now)
	if !changed && !v.hung {
		return nil, false, again
	}
	if v.hung {
		v.files.Read()
		v.hung, again = false, 0
	}
	v.shell.notify("RELOADING=1")
	defer v.shell.notify("READY=1")
	next, err := v.again(context.Background())
	if err != nil {
		v.shell.fail("error: the rules have changed, and are not taken over, as something is broken; those there were go on\n%s", err)
		return nil, false, again
	}
	v.version = next
	if !v.quiet {
		v.shell.say("the rules were read again: %s", source.Count(len(next.duties), "rule"))
	}
	return next.duties, true, again
}

// sources is the files and folders from which rules and what they use come.
func (v *server) sources() []string {
	out := slices.Concat(v.paths, v.library.paths, v.lookups)
	if v.version != nil {
		out = slices.Concat(out, v.version.pack.pack.Macros, v.version.pack.pack.Lookups)
	}
	if v.geoip != "" {
		out = append(out, v.geoip)
	}
	for _, name := range []string{"macros.conf", "lookups", "geoip.mmdb"} {
		out = append(out, filepath.Join(v.shell.config, name))
	}
	return out
}
