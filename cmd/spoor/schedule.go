package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/adrg/xdg"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"spoor/engine/rules"
	"spoor/engine/schedule"
	"spoor/engine/service"
	"spoor/grammar/source"
)

// scheduling is the flags of the command that are not those of the runs.
type scheduling struct {
	pack
	runs    *detection
	once    bool
	print   string
	service bool
	ahead   string
	state   string
	lock    string
	jitter  string
	user    string
	mailTo  string
	program string
}

// notOfRuns is the flags of detect that say once what a schedule says every time, or that nobody watches.
var notOfRuns = []string{"earliest", "latest", "scheduled", "now", "follow", "lag", "every", "no-progress", "profile", "help"}

func newSchedule(s *shell) *cobra.Command {
	detect, runs := detecting(s)
	o := &scheduling{runs: runs}
	cmd := &cobra.Command{
		Use:   "schedule RULES... --data PATH",
		Short: "Run rules when their schedules say: as a service, by cron, by systemd",
		Long: `Run as a service that answers rules when their schedules say, each over its own time, and writes what they find; those that are due
together are answered in one pass. --to appends to a file. What was told before is not told again, and what was missed is made up for, as
by "spoor detect --scheduled --state". When files of rules, macros or lookups change they are read again, as after SIGHUP; if something in
them is broken, what was loaded goes on. SIGTERM ends the service. --once answers what is due now, and ends.

--print prints what makes cron or systemd run rules: one line of a crontab, or a service and a timer; with --service, the unit of
a service that stays; --print ticks, which rule is due when. Nothing is written anywhere. All flags of detect may be given: they become those of the runs.

There is one line for all rules. It runs "spoor detect --scheduled --state", in every hour, in all minutes in which a rule is due: whatever
became due since the last run is done then, each rule over its own time, so that a late or a missed run loses nothing.`,
		Example: `  spoor schedule /etc/spoor/rules --data '/var/log/syslog*' --to /var/log/spoor/findings.ndjson -v
  spoor schedule /etc/spoor/rules --data '/var/log/syslog*' --print cron --mailto oncall@example.org
  spoor schedule /etc/spoor/rules --data '/var/log/syslog*' --print cron --user root > /etc/cron.d/spoor
  spoor schedule /etc/spoor/rules --data '/var/log/syslog*' --print systemd --service
  spoor schedule /etc/spoor/rules --print ticks --for 6h`,
		Args: arguments(1, -1),
		RunE: func(cmd *cobra.Command, paths []string) error { return o.run(cmd.Context(), s, cmd.Flags(), paths) },
	}
	f := cmd.Flags()
	o.pack.flags(f)
	f.BoolVar(&o.once, "once", false, "answer what is due now, and end")
	f.StringVar(&o.print, "print", "", "print what `WHAT` needs: cron or systemd; or ticks: which rule is due when, over which time, and what its windows leave out")
	f.StringVar(&o.ahead, "for", "1d", "with --print ticks: of the next so much `TIME`")
	f.BoolVar(&o.service, "service", false, "with --print systemd: a service that stays, and answers rules when they are due, instead of one with a timer")
	f.StringVar(&o.state, "state", "", "`DIR` of what was done and told (default: ~/.local/state/spoor, of units and /etc/cron.d /var/lib/spoor)")
	f.StringVar(&o.lock, "lock", "", "let no two runs at once by the lock `FILE` (default for cron: run.lock in the folder of --state)")
	f.StringVar(&o.jitter, "jitter", "", "start up to so much `TIME` later, such as 30s, each rule by a time of its own (default: not later; a timer a tenth of the time between runs, at most 5m)")
	f.StringVar(&o.user, "user", "", "`NAME` of the user who runs it: prints a file of /etc/cron.d; in a unit, instead of a user that systemd makes")
	f.StringVar(&o.mailTo, "mailto", "", "`ADDRESS` to which cron sends what was found")
	f.StringVar(&o.program, "program", "", "`PATH` of spoor where it will run (default: this one)")
	detect.Flags().VisitAll(func(of *pflag.Flag) {
		if f.Lookup(of.Name) == nil && !slices.Contains(notOfRuns, of.Name) {
			f.AddFlag(of)
		}
	})
	choices(cmd, "print", "cron", "systemd", "ticks")
	return cmd
}

func (o *scheduling) run(ctx context.Context, s *shell, f *pflag.FlagSet, paths []string) error {
	if err := o.check(f, paths); err != nil {
		return err
	}
	if o.print == "" {
		return o.serve(ctx, s, f, paths)
	}
	quiet, _ := f.GetBool("quiet")
	chosen, code, err := o.open(s, paths, quiet)
	if err != nil {
		return err
	}
	name, _ := f.GetString("tz")
	zone, err := location(name)
	if err != nil {
		return err
	}
	table := timetableOf(chosen, zone)
	if code = code.or(table.tell(s, quiet)); len(table.duties) == 0 {
		return usage("none of the rules says when to run it")
	}
	if o.print == "ticks" {
		return cmp.Or(o.ticks(s, f, table.duties, zone), code.err())
	}
	var all []*schedule.Schedule
	for _, d := range table.duties {
		all = append(all, d.Schedule)
	}
	job, err := o.job(f, paths)
	if err != nil {
		return err
	}
	job.About = about(len(all), job.Stays)
	job.Minutes = schedule.MinutesOf(all, local())
	if job.Delay, err = o.delay(s, job.Minutes.Distance()); err != nil {
		return err
	}
	switch o.print {
	case "cron":
		err = o.cron(s, job)
	case "systemd":
		job.Memory = mostMemory(f)
		err = o.systemd(s, job)
	}
	if err != nil {
		return err
	}
	return code.err()
}

var userName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.-]*$`)

func (o *scheduling) check(f *pflag.FlagSet, paths []string) error {
	data, _ := f.GetStringArray("data")
	switch {
	case o.print == "" && (o.user != "" || o.mailTo != "" || o.program != ""):
		return usage("--user, --mailto and --program are for what --print prints")
	case o.service && o.print != "systemd":
		return usage("--service says what --print systemd prints").hint("without --print, schedule is a service")
	case o.print != "" && o.once:
		return usage("--once is for runs, and --print runs nothing")
	case o.print != "" && !slices.Contains([]string{"cron", "systemd", "ticks"}, o.print):
		return usage("--print is cron, systemd or ticks, not %q", o.print)
	case f.Changed("for") && o.print != "ticks":
		return usage("--for says how far --print ticks looks ahead")
	case o.print == "ticks":
		return nil
	case len(data) == 0 || slices.Contains(data, "-"):
		return usage("a schedule needs logs that are there at every run: --data PATH").hint("spoor schedule %s --data '/var/log/syslog*'", paths[0])
	case o.user != "" && !userName.MatchString(o.user):
		return usage("--user is the name of a user, not %q", o.user)
	case strings.ContainsAny(o.mailTo, " \t\r\n\"'"):
		return usage("--mailto is an address, or several with commas between them, not %q", o.mailTo)
	case o.mailTo != "" && o.print != "cron":
		return usage("--mailto is for cron: systemd writes to the journal")
	case o.jitter != "" && o.print == "cron":
		return usage("--jitter is for systemd: cron starts on the minute")
	}
	return nil
}

// timetable is when rules run.
type timetable struct {
	duties  []service.Duty
	wrong   source.Errors // what is wrong with the schedules of others
	without []string      // the names of those that have none
}

// timetableOf is when the rules run that can run.
func timetableOf(chosen []*rules.Rule, zone *time.Location) (out timetable) {
	for _, r := range chosen {
		if r.Unsupported() != "" {
			continue
		}
		switch one, err := schedule.Of(r, zone); {
		case err == nil:
			out.duties = append(out.duties, service.Duty{Rule: r, Schedule: one})
		case err.Code == "no-schedule":
			out.without = append(out.without, fmt.Sprintf("%q", r.Name))
		default:
			out.wrong = append(out.wrong, err)
		}
	}
	return out
}

// tell says what is wrong with schedules, and how many rules have none.
func (t *timetable) tell(s *shell, quiet bool) (code exit) {
	for _, err := range t.wrong {
		s.say("%s", err.Error())
		code = unread
	}
	if n := len(t.without); n > 0 && !quiet {
		const some = 5
		more := ""
		if n > some {
			more = fmt.Sprintf(" and %d more", n-some)
		}
		s.say("left out, as nothing says when to run them: %s%s", strings.Join(t.without[:min(n, some)], ", "), more)
	}
	return code
}

// job is the command that runs, and what it reads and writes.
func (o *scheduling) job(f *pflag.FlagSet, paths []string) (schedule.Job, error) {
	j := schedule.Job{User: o.user, MailTo: o.mailTo}
	if o.state == "" {
		o.state = "/var/lib/spoor"
		if o.print == "cron" && o.user == "" {
			o.state = filepath.Join(xdg.StateHome, "spoor")
		}
	}
	if o.lock == "" && o.print == "cron" {
		o.lock = filepath.Join(o.state, "run.lock")
	}
	if o.program == "" {
		own, err := os.Executable()
		if err != nil {
			return j, usage("where spoor is cannot be found out: %s", source.Reason(err)).hint("--program PATH")
		}
		o.program = own
	}
	a := &invocation{job: &j}
	j.Stays = o.service
	a.word(a.path(o.program), map[bool]string{true: "schedule", false: "detect"}[j.Stays])
	for _, p := range paths {
		a.word(a.reads(p))
	}
	a.flags(f)
	if j.Stays && o.jitter != "" {
		a.word("--jitter", o.jitter)
	}
	if !j.Stays {
		a.word("--scheduled")
	}
	a.word("--state", a.writes(o.state))
	if o.lock != "" {
		a.word("--lock", a.path(o.lock))
		if o.print == "systemd" {
			a.writes(filepath.Dir(o.lock))
		}
	}
	if format := map[string]string{"cron": "table", "systemd": "ndjson"}[o.print]; !f.Changed("output") && !f.Changed("to") {
		a.word("-o", format)
	}
	if !f.Changed("quiet") && !f.Changed("verbose") {
		a.word("-q")
	}
	return j, a.err
}

// about is what a job is, in a line.
func about(rules int, stays bool) string {
	switch {
	case stays:
		return "spoor: " + source.Count(rules, "rule") + " by schedule"
	case rules == 1:
		return "spoor: what 1 rule has due"
	}
	return "spoor: what " + source.Count(rules, "rule") + " have due"
}

// delay is how much later systemd may start a run.
func (o *scheduling) delay(s *shell, distance time.Duration) (time.Duration, error) {
	if o.jitter == "" {
		return min(distance/10, 5*time.Minute), nil
	}
	return timeSpan("--jitter", o.jitter, s.now(), time.UTC)
}

// mostMemory is what a run may have in all, if it holds as much as it may; half a gigabyte where the user says nothing, of which a run holds half.
func mostMemory(f *pflag.FlagSet) int64 {
	given := f.Lookup("max-memory")
	if limit, ok := given.Value.(*capacity); ok && given.Changed {
		if *limit == 0 {
			return 0
		}
		return int64(*limit) + int64(*limit)/4 + 2*spare
	}
	return 512 << 20
}
