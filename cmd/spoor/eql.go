package main

import (
	"context"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"spoor/engine"
	"spoor/engine/output"
	"spoor/grammar/source"
)

// eventQuery is the flags of the command.
type eventQuery struct {
	query
	elastic
	answer
}

// elastic is the flags that say how EQL reads events.
type elastic struct{ engine.EQLOptions }

func newEQL(s *shell) *cobra.Command {
	o := &eventQuery{}
	cmd := &cobra.Command{
		Use:   "eql QUERY [PATH...]",
		Short: "Run a query of EQL, Elastic's event query language, over logs",
		Long: `Run a query of EQL over files, folders, globs or the standard input, the same as "spoor search" reads: Sysmon for Linux
is presented under ECS names, and Elastic Defend as it is. Events come oldest first, sequences by their last event.
--earliest and --latest bound @timestamp. What is decided where the language is open: spoor help eql.`,
		Example: `  spoor eql 'process where event.action == "exec" and process.name : ("nc", "ncat") and process.args : "-e"' /var/log/syslog*

  spoor eql 'sequence by host.id with maxspan=5s
    [process where event.action == "exec" and process.parent.name == "systemd" and process.name : ("python*", "perl", "nc")] by process.entity_id
    [network where event.action == "connection_attempted"] by process.parent.entity_id' logs/

  spoor eql -q -f rule.eql --earliest -9m -o ndjson events.ndjson.gz

  # any NDJSON: say where the category and the time stand
  spoor eql 'login where outcome == "failed" | tail 5' --category-field kind --timestamp-field ts app.ndjson`,
		RunE: func(cmd *cobra.Command, args []string) error { return o.run(cmd.Context(), s, args) },
	}
	f := cmd.Flags()
	o.query.flags(f)
	o.elastic.flags(f)
	o.answer.flags(cmd)
	o.growing.flags(f)
	choices(cmd, "tz", "UTC", "local")
	return cmd
}

func (e *elastic) flags(f *pflag.FlagSet) {
	f.IntVar(&e.Size, "size", 0, "give no more than the last `NUMBER` of events or sequences (default: all)")
	f.StringVar(&e.Category, "category-field", "", "`FIELD` of an event's category (default: event.category)")
	f.StringVar(&e.Timestamp, "timestamp-field", "", "`FIELD` of an event's time (default: @timestamp)")
	f.StringVar(&e.Tiebreaker, "tiebreaker-field", "", "`FIELD` that orders events of one time (default: event.sequence)")
	f.StringVar(&e.ID, "id-field", "", "`FIELD` to show as _id")
	f.BoolVar(&e.NoProcessTable, "no-process-table", false, "fill in nothing about a process from its start event")
}

func (e *elastic) language() *language { return &eql }

// compile makes a program of a query of EQL.
func (e *elastic) compile(_ *shell, text *source.Text, o engine.Options) (*engine.Program, source.Errors, error) {
	if e.Size < 0 {
		return nil, nil, usage("--size is a number of events or sequences, not %d", e.Size)
	}
	o.Language, o.EQL = engine.EQL, e.EQLOptions
	program, errs := engine.Compile(text, o)
	if errs.Failed() {
		return nil, nil, errs
	}
	return program, errs, nil
}

func (o *eventQuery) run(ctx context.Context, s *shell, args []string) error {
	o.Raw = o.format == "raw"
	return o.answer.run(ctx, s, func() (*prepared, error) {
		p, err := o.prepare(ctx, s, args, &o.elastic)
		if err == nil {
			p.digest = o.gist()
		}
		return p, err
	})
}

// gist is what a table shows of the events: of those with categories of their own, everything.
func (e *elastic) gist() []output.Digest {
	if e.Category != "" {
		return nil
	}
	columns := slices.Clone(gist)
	if e.Timestamp != "" {
		columns[0] = output.Digest{Name: e.Timestamp, From: []string{e.Timestamp}}
	}
	if e.ID != "" {
		columns = slices.Insert(columns, 1, output.Digest{Name: "_id", From: []string{"_id"}})
	}
	return columns
}
