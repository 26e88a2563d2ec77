package main

import (
	"context"

	"github.com/spf13/cobra"
)

// search is the flags of the command.
type search struct {
	query
	library
	answer
	order string
}

func newSearch(s *shell) *cobra.Command {
	o := &search{}
	cmd := &cobra.Command{
		Use:   "search QUERY [PATH...]",
		Short: "Run a query of SPL, Splunk's language, over logs",
		Long: `Run a query of SPL over files, folders, globs or the standard input. Compressed files and all formats of
"spoor formats" are recognised by their content. Rows go to the standard output, everything else to the standard error.
"spoor help spl" says how searches are written, "spoor help commands" lists what they are made of, "spoor help cron" how they run every
hour, and "spoor help following" how they go on while logs are written.`,
		Example: `  spoor search '| tstats count from datamodel=Endpoint.Processes by Processes.process_name' logs/
  spoor search 'EventID=1 Image=*/curl | table _time, host, CommandLine' --earliest -1d@d sysmon.json.gz
  spoor search -q -f detection.spl --earliest -70m@m --latest -10m@m --to findings.csv /var/log/syslog
  spoor search -q -f detection.spl --every 1h --lag 10m -o table /var/log/syslog /var/log/syslog.1
  spoor search -F 'EventID=3 DestinationPort=4444 | table _time, host, Image' /var/log/syslog`,
		RunE: func(cmd *cobra.Command, args []string) error { return o.run(cmd.Context(), s, args) },
	}
	f := cmd.Flags()
	o.query.flags(f)
	o.library.flags(f)
	o.lookupFlags(f)
	o.answer.flags(cmd)
	o.growing.flags(f)
	f.StringVar(&o.order, "order", "", "`ORDER` of event rows: newest first, or `input` as they stand in the input")
	choices(cmd, "order", "newest", "input")
	choices(cmd, "tz", "UTC", "local")
	return cmd
}

func (o *search) run(ctx context.Context, s *shell, args []string) error {
	switch o.order {
	case "", "newest":
	case "input":
		o.inputOrder = true
	default:
		return usage("--order is newest or input, not %q", o.order)
	}
	return o.answer.run(ctx, s, func() (*prepared, error) { return o.prepare(ctx, s, args, &o.library) })
}
