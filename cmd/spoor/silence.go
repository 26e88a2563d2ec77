package main

import (
	"errors"
	"io/fs"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"spoor/datamodels"
	"spoor/engine"
	"spoor/engine/column"
	"spoor/engine/rules"
	"spoor/engine/state"
	"spoor/engine/suppress"
	"spoor/engine/timerange"
	"spoor/grammar/source"
)

// stated is the flags of commands about a state folder.
type stated struct {
	clock
	state string
}

func (o *stated) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&o.state, "state", "", "`DIR` in which runs keep what they did and told")
	o.clock.flags(cmd.Flags())
	choices(cmd, "tz", "UTC", "local")
	_ = cmd.MarkFlagDirname("state")
}

// open opens the folder, beside whatever run there is. What is wrong with it is said, and code is for that.
func (o *stated) open(s *shell, how state.Options) (store *state.Store, code exit, err error) {
	if o.state == "" {
		return nil, done, usage("no state folder was named").hint("name that of the runs: --state DIR, or SPOOR_STATE")
	}
	how.Warn = func(d *source.Diagnostic) {
		s.fail("%s", d.Error())
		code = unread
	}
	store, err = state.Open(o.state, how)
	var damage *state.Damage
	switch {
	case errors.Is(err, fs.ErrNotExist):
		err = usage("there is no state in %s", o.state).hint("`spoor detect --state %s` makes it", o.state)
	case errors.As(err, &damage):
		s.fail("error: %s\n  the next run moves it aside and begins a new one", damage)
		err = unread
	}
	return store, code, err
}

// look opens the folder to be read, and gives the time and the zone in which it is told of.
func (o *stated) look(s *shell) (store *state.Store, now time.Time, zone *time.Location, err error) {
	if now, zone, err = o.time(s); err == nil {
		store, _, err = o.open(s, state.Options{ReadOnly: true})
	}
	return store, now, zone, err
}

// time is the time of --now and the zone of --tz.
func (o *stated) time(s *shell) (time.Time, *time.Location, error) {
	zone, err := location(o.zone)
	if err != nil {
		return time.Time{}, nil, err
	}
	now, err := o.moment(s, zone, func() (time.Time, error) {
		return time.Time{}, usage("--now data needs logs, and none are read here")
	})
	return now, zone, err
}

func newSilence(s *shell) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "silence",
		Short: "Keep findings that are known from being told, for a time",
		Long: `A silence keeps findings of a rule from being told: all of them, or those of which an expression is true, for ever or until a time. They
are counted, and a silence says why it is there. Silences are kept in the state folder, and also changed while runs are under way.`,
		Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newSilenceAdd(s), newSilenceList(s), newSilenceRemove(s))
	return cmd
}

func newSilenceAdd(s *shell) *cobra.Command {
	var o stated
	var x state.Silence
	var until string
	l := silenceListing()
	cmd := &cobra.Command{
		Use:   "add RULE",
		Short: "Add a silence",
		Long: `Add a silence of a rule: its name or id, or a pattern such as 'Linux *'; '*' is any rule. --where is an expression of eval over the fields
of a finding; where a field is missing it is not true, and the finding is told.`,
		Example: `  spoor silence add 'Linux Service Restarted' --state /var/lib/spoor --until +7d --reason 'migration of web1'
  spoor silence add '*' --where 'host="web1" AND user="backup"' --reason 'the nightly backup' --state /var/lib/spoor`,
		Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			x.Rule = strings.TrimSpace(args[0])
			return o.silence(s, x, until, l)
		},
	}
	f := cmd.Flags()
	f.StringVar(&x.Where, "where", "", "silence only findings of which the `EXPRESSION` of eval is true")
	f.StringVar(&until, "until", "", "`TIME` at which it ends, such as +7d or 2026-12-24 (default: never)")
	f.StringVar(&x.Reason, "reason", "", "`TEXT` that says why")
	o.flags(cmd)
	l.flags(cmd)
	return cmd
}

// silence adds a silence that ends at a time, and lists it.
func (o *stated) silence(s *shell, x state.Silence, until string, l *listing) error {
	now, zone, err := o.time(s)
	if err != nil {
		return err
	}
	if x.Until, err = untilTime(until, now, zone); err != nil {
		return err
	}
	if x.Rule == "" {
		return usage("no rule was named").hint("'*' is any rule")
	}
	if wrong := suppress.Usable(x, engine.Options{Models: datamodels.Builtin(), Now: now}); wrong != nil {
		return wrong
	}
	x.Added, x.By = now.UnixNano(), firstOf(s.env("USER"), s.env("LOGNAME"))
	store, code, err := o.open(s, state.Options{Now: now, Shared: true})
	if err != nil {
		return err
	}
	defer store.Close()
	if x, err = store.AddSilence(x); err != nil {
		return err
	}
	if !ofARule(store, x.Rule) {
		s.say("warning: no run with this state had a rule %s, and the silence waits for one", strconv.Quote(x.Rule))
	}
	l.silence(x, now)
	return errors.Join(l.writeIn(s, zone), code.err())
}

// ofARule says whether a pattern is that of a rule which runs have answered. Where none has, any may be.
func ofARule(store *state.Store, pattern string) bool {
	selects, none := suppress.Selects(pattern), true
	sets, err := store.Sets()
	for _, set := range sets {
		for id, mark := range store.Marks(set) {
			if state.Inner(id) {
				continue
			}
			if selects(&rules.Rule{ID: id, Name: firstOf(mark.Name, id)}) {
				return true
			}
			none = false
		}
	}
	return none || err != nil
}

// untilTime is the time at which a silence ends, 0 for never.
func untilTime(text string, now time.Time, zone *time.Location) (int64, error) {
	if text == "" {
		return 0, nil
	}
	t, err := timerange.Parse(text, now, zone)
	if err != nil {
		return 0, usage("--until: %s", err)
	}
	if !t.After(now) {
		return 0, usage("--until %s is over: that is %s", text, t.Format(time.RFC3339)).hint("in a week, for instance: --until +7d")
	}
	return t.UnixNano(), nil
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

func silenceListing() *listing {
	return &listing{names: []string{"id", "rule", "where", "until", "over", "hits", "reason", "by", "added"}}
}

// silence adds a silence to the list.
func (l *listing) silence(x state.Silence, now time.Time) {
	l.rows = append(l.rows, []column.Value{
		column.Str(x.ID), textCell(x.Rule), textCell(x.Where), timeCell(x.Until), column.Boolean(x.Until != 0 && x.Until <= now.UnixNano()), column.Integer(int64(x.Hits)),
		textCell(x.Reason), textCell(x.By), column.Nanos(x.Added),
	})
}

func newSilenceList(s *shell) *cobra.Command {
	var o stated
	l := silenceListing()
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List silences, and how many findings each kept from being told",
		Example: `  spoor silence list --state /var/lib/spoor
  spoor silence list --state /var/lib/spoor -o ndjson | jq -r 'select(.over) | .id'`,
		Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			store, now, zone, err := o.look(s)
			if err != nil {
				return err
			}
			defer store.Close()
			list, err := store.Silences()
			if err != nil {
				return err
			}
			for _, x := range list {
				l.silence(x, now)
			}
			return l.writeIn(s, zone)
		},
	}
	o.flags(cmd)
	l.flags(cmd)
	return cmd
}

func newSilenceRemove(s *shell) *cobra.Command {
	var o stated
	cmd := &cobra.Command{
		Use:     "remove ID...",
		Short:   "Remove silences",
		Example: `  spoor silence remove 3 --state /var/lib/spoor`,
		Args:    arguments(1, -1),
		RunE: func(cmd *cobra.Command, ids []string) error {
			store, code, err := o.open(s, state.Options{Now: s.now(), Shared: true})
			if err != nil {
				return err
			}
			defer store.Close()
			for _, id := range ids {
				found, err := store.RemoveSilence(id)
				if err != nil {
					return err
				}
				if !found {
					s.fail("error: there is no silence %s", strconv.Quote(id))
					code = code.or(misused)
				}
			}
			return code.err()
		},
	}
	o.flags(cmd)
	return cmd
}
