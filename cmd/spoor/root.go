package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"spoor/grammar/source"
)

const introduction = `spoor runs Splunk and Elastic detections on raw Linux endpoint logs: nothing to set up, the data stays where it is.

  spoor search '| tstats count from datamodel=Endpoint.Processes by Processes.process_name' /var/log/syslog*
  journalctl -t sysmon -o json --all --since -75min | spoor search --earliest -70m@m --latest -10m@m -f detection.spl
  spoor eql 'process where process.parent.name == "systemd" and process.name : ("nc", "ncat", "python*")' logs/`

// run runs a command line and returns its exit code. It never panics.
func run(ctx context.Context, args []string, s *shell) (code exit) {
	defer func() {
		if r := recover(); r != nil {
			s.fail("spoor: internal error: %v\n  this is a bug: please report it with the command line and, if you may, the log", r)
			code = misused
		}
	}()
	root := newRoot(s)
	root.SetArgs(args)
	root.SetIn(s.in)
	root.SetOut(s.out)
	root.SetErr(s.err)
	return s.conclude(ctx, root.ExecuteContext(ctx))
}

func newRoot(s *shell) *cobra.Command {
	root := &cobra.Command{
		Use:           "spoor",
		Short:         "Run Splunk and Elastic detections on raw Linux endpoint logs",
		Long:          introduction + "\n\nHelp topics, as in `spoor help time`: " + strings.Join(topicNames(), ", ") + ".",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          noSuchCommand,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintln(s.out, introduction+"\n\n`spoor help` lists commands and topics.")
			return err
		},
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return s.settle(cmd) },
	}
	root.SetFlagErrorFunc(wrongFlag)
	root.SetHelpCommand(newHelp(s))
	root.AddCommand(newSearch(s), newEQL(s), newDetect(s), newSchedule(s), newReplay(s), newStatus(s), newSilence(s), newTest(s), newSurvey(s), newTree(s), newWhy(s), newExplain(s), newRules(s), newLint(s), newMacros(s), newModels(s), newFormats(s), newGenerate(s), newBench(s), newVersion(s))
	return root
}

// wrongFlag says what is wrong with a flag, and what was meant perhaps.
func wrongFlag(cmd *cobra.Command, err error) error {
	m := usage("%s", err).hint("see `%s --help`", cmd.CommandPath())
	var value *pflag.InvalidValueError
	if errors.As(err, &value) && strings.HasPrefix(value.GetFlag().Value.Type(), "int") {
		m.message = fmt.Sprintf("--%s is a whole number, not %q", value.GetFlag().Name, value.GetValue())
	}
	var unknown *pflag.NotExistError
	if errors.As(err, &unknown) {
		var names []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
		if near := source.Suggest("--"+unknown.GetSpecifiedName(), names); near != "" {
			return m.hint("%s", near)
		}
	}
	return m
}

// arguments wants a number of arguments within bounds; most is -1 if there may be any number.
func arguments(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		var m *misuse
		switch n := len(args); {
		case n < least:
			m = usage("an argument is missing")
		case most >= 0 && n > most:
			m = usage("%q is one argument too many", args[most])
		default:
			return nil
		}
		return m.hint("usage: %s", cmd.UseLine())
	}
}

// noSuchCommand knows the likeliest reason for a first word that is no command: `search` was forgotten.
func noSuchCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	word := args[0]
	m := usage("unknown command %q", word)
	if likeEQL(word) {
		return m.hint("to run a query of EQL: spoor eql '%s' PATH...", word)
	}
	if strings.ContainsAny(word, " |=`*") {
		return m.hint("to run a query: spoor search '%s' PATH...", word)
	}
	if _, err := os.Stat(word); err == nil {
		return m.hint("to search a file: spoor search 'QUERY' %s", word)
	}
	var names []string
	for _, c := range cmd.Commands() {
		names = append(names, c.Name())
	}
	if near := source.Suggest(word, names); near != "" {
		return m.hint("%s", near)
	}
	return m.hint("`spoor help` lists commands and topics")
}
