package main

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"spoor/datamodels"
	"spoor/engine"
	"spoor/engine/column"
	"spoor/engine/input"
	"spoor/engine/output"
	"spoor/engine/plan"
	"spoor/engine/timerange"
	"spoor/engine/tree"
	"spoor/grammar/source"
)

// ancestry is the flags of the command.
type ancestry struct {
	clock
	tree.Target
	at         string
	around     string
	format     string
	to         string
	color      string
	jobs       int
	wide       bool
	quiet      bool
	verbose    bool
	noProgress bool
}

// treeFormats is the forms in which a tree is written.
var treeFormats = []string{"tree", "ndjson", "json"}

func newTree(s *shell) *cobra.Command {
	o := &ancestry{}
	cmd := &cobra.Command{
		Use:   "tree (--guid ID | --pid PID) [--host HOST] [PATH...]",
		Short: "Show the process tree around an event",
		Long: `Show a process with its ancestors up to the first, and with its children and theirs, its connections and its files within
--around of its start, or of --at. Each process has a line: when it started, its pid, its user, its command line. A "?"
is what no event tells, as of processes that were there before the log began.

--guid takes Sysmon's ProcessGuid or a process.entity_id. A pid comes again: without --at it is the last process that had
it. Without --host the process must be on one host only; of a pipe, --host saves memory. If there is no such process the
exit code is 1.`,
		Example: `  spoor tree --host web1 --pid 4100 /var/log/syslog*
  spoor tree --guid '{7679aba9-6ebd-67c5-0813-31b69d600000}' --around 1h sysmon.json.gz
  spoor tree --pid 4100 --at 2026-01-05T10:00:00Z -o ndjson logs/`,
		RunE: func(cmd *cobra.Command, paths []string) error {
			switch pid := cmd.Flags().Changed("pid"); {
			case pid && o.ID != "":
				return usage("--guid and --pid both say which process: one of them is enough")
			case !pid && o.ID == "":
				return usage("which process? --guid or --pid is needed").hint("usage: %s", cmd.UseLine())
			case o.PID < 0:
				return usage("--pid is the number of a process, not %d", o.PID)
			}
			return o.run(cmd.Context(), s, paths)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.Host, "host", "", "`HOST` of the process, by id or name (default: the only one that has it)")
	f.StringVar(&o.ID, "guid", "", "`ID` of the process: a ProcessGuid or an entity id")
	f.Int64Var(&o.PID, "pid", 0, "process `NUMBER`")
	f.StringVar(&o.at, "at", "", "`TIME` at which the process was there")
	f.StringVar(&o.around, "around", "5m", "`TIME` before and after, in which children, connections and files are shown")
	o.clock.flags(f)
	f.StringVarP(&o.format, "output", "o", "", "`FORMAT`: "+strings.Join(treeFormats, ", ")+" (default: tree)")
	f.StringVar(&o.to, "to", "", "write to `FILE`, which appears whole or not at all")
	f.BoolVar(&o.wide, "wide", false, "do not narrow the tree to the terminal, and show all that a process did")
	f.StringVar(&o.color, "color", "auto", "`WHEN` to use colours: auto, always, never")
	f.BoolVarP(&o.quiet, "quiet", "q", false, "say only what makes the answer wrong or partial")
	f.BoolVarP(&o.verbose, "verbose", "v", false, "say more, such as the ledger of every file")
	f.IntVar(&o.jobs, "jobs", 0, "`NUMBER` of workers (default: one per core)")
	f.BoolVar(&o.noProgress, "no-progress", false, "show no progress bar")
	choices(cmd, "output", treeFormats...)
	choices(cmd, "color", "auto", "always", "never")
	choices(cmd, "tz", "UTC", "local")
	return cmd
}

// check looks at the flags that have few values.
func (o *ancestry) check(paths []string) error {
	if o.format == "" {
		if o.format = output.Formats().ForFile(o.to); !slices.Contains(treeFormats, o.format) {
			o.format = "tree"
		}
	}
	if !slices.Contains(treeFormats, o.format) {
		return usage("-o is one of %s, not %q", strings.Join(treeFormats, ", "), o.format)
	}
	shared := answer{writing: writing{color: o.color}, jobs: o.jobs}
	if err := shared.check(); err != nil {
		return err
	}
	return overwritten(paths, []string{o.to})
}

// times reads --at and --around.
func (o *ancestry) times(now time.Time, zone *time.Location) error {
	back, err := timerange.Parse("-"+o.around, now, zone)
	if err != nil || back.After(now) || strings.ContainsAny(o.around, "@-+") {
		return usage("--around is a time such as 30s, 5m or 1h, not %q", o.around)
	}
	o.Around = int64(now.Sub(back))
	if o.at == "" {
		return nil
	}
	at, err := timerange.Parse(o.at, now, zone)
	if err != nil {
		return usage("--at: %s", err)
	}
	o.At, o.HasAt = at.UnixNano(), true
	return nil
}

func (o *ancestry) run(ctx context.Context, s *shell, paths []string) error {
	if err := o.check(paths); err != nil {
		return err
	}
	zone, err := location(o.zone)
	if err != nil {
		return err
	}
	in, err := s.resolve(paths)
	if err != nil {
		return err
	}
	now, err := o.moment(s, zone, func() (time.Time, error) { return newest(ctx, func() (inputs, error) { return in, nil }) })
	if err != nil {
		return err
	}
	if err := o.times(now, zone); err != nil {
		return err
	}
	r := &report{shell: s, quiet: o.quiet, verbose: o.verbose, zone: zone}
	code := r.problems(in, paths)
	found, read, err := o.find(ctx, r, in.found)
	code = code.or(read)
	switch missing := (*tree.Missing)(nil); {
	case errors.As(err, &missing):
		s.say("%s", err)
		return code.or(unfulfilled)
	case errors.As(err, new(*tree.Ambiguous)):
		return usage("%s", err).hint("--host says which")
	case err != nil:
		return err
	}
	if err := o.write(r, found); err != nil {
		return err
	}
	return code
}

// find reads the events and finds the process among them. The code is for what could not be read.
func (o *ancestry) find(ctx context.Context, r *report, in input.Inputs) (*tree.Tree, exit, error) {
	if o.Host == "" && in.Files() { // looked for first: all events of one host are fewer than those of all
		hosts, result, err := o.hosts(ctx, r, in, o.Sought())
		if err == nil {
			err = o.Settle(hosts)
		}
		if err != nil {
			return nil, r.told(result), err
		}
	}
	forest := tree.NewForest()
	result, err := o.ask(ctx, r, o.Events(), "table "+strings.Join(tree.Fields, ", "), engine.RunOptions{Inputs: in, InputOrder: true}, forest.Add)
	code := r.told(result)
	if err != nil {
		return nil, code, err
	}
	found, err := forest.Find(o.Target)
	if err != nil && forest.Empty() && in.Files() {
		if hosts, _, e := o.hosts(ctx, r, in, "any where true"); e == nil && len(hosts) > 0 {
			r.say("no event of host %s; there are events of %s", o.Host, few(hosts))
		}
	}
	return found, code, err
}

// told tells how reading went, if it came to that.
func (r *report) told(result *engine.Result) exit {
	if result == nil {
		return done
	}
	return r.result(result, output.Summary{Rows: 1}, true)
}

// few is a list of which no more is shown than helps.
func few(names []string) string {
	const most = 10
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return strings.Join(names[:most], ", ") + " and " + plural(int64(len(names)-most), "other")
}

// hosts is the hosts of the events that a query of EQL finds.
func (o *ancestry) hosts(ctx context.Context, r *report, in input.Inputs, query string) (hosts []string, result *engine.Result, err error) {
	run := engine.RunOptions{Inputs: in, Workers: o.jobs}
	result, err = o.ask(ctx, r, query, `eval host=coalesce('host.id', 'host.name', "") | stats count by host`, run, func(b *column.Batch) {
		for row := range b.Rows {
			hosts = append(hosts, column.Format(b.Col("host").Value(row), nil))
		}
	})
	return hosts, result, err
}

// asked is a text within the double quotes of SPL.
var asked = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

// ask runs a query of EQL, of whose rows a command of SPL takes what is needed, and hands them over. They come in no order: to sort all
// events of a host, all of them would have to be kept.
func (o *ancestry) ask(ctx context.Context, r *report, query, command string, run engine.RunOptions, visit func(*column.Batch)) (*engine.Result, error) {
	text := source.New("query", `| eql "`+asked.Replace(query)+`" process_table=false | `+command)
	program, errs := engine.Compile(text, engine.Options{Models: datamodels.Builtin(), Zone: r.zone})
	if errs.Failed() {
		return nil, errs
	}
	program.Lowered = unsorted(program.Lowered)
	result := program.Run(ctx, run)
	bar := startProgress(r.shell, result, o.noProgress || o.quiet)
	defer bar.stop()
	for b, err := range result.Rows() {
		if err != nil {
			return result, err
		}
		visit(b)
	}
	return result, nil
}

// unsorted is a plan without its sorts.
func unsorted(n plan.Node) plan.Node {
	if s, ok := n.(*plan.Sort); ok {
		return unsorted(s.In)
	}
	inputs := slices.Clone(n.Inputs())
	for i := range inputs {
		inputs[i] = unsorted(inputs[i])
	}
	if len(inputs) == 0 {
		return n
	}
	return n.With(inputs...)
}

// write writes the tree to the standard output or to --to.
func (o *ancestry) write(r *report, t *tree.Tree) error {
	if o.format != "tree" && !o.quiet {
		for _, note := range t.Notes { // a tree shows them itself
			r.say("%s", note)
		}
	}
	style := tree.Style{Zone: r.zone, All: o.wide, Color: r.colored(o.color, r.outTerminal)}
	if r.outTerminal && !o.wide {
		style.Width = max(r.width, 0)
		if style.Width == 0 {
			style.Width = 80
		}
	}
	put := func(w io.Writer) error {
		if o.format == "tree" {
			return t.Text(w, style)
		}
		return t.JSON(w, r.zone, o.format == "json")
	}
	if o.to == "" || o.to == "-" {
		return put(r.out)
	}
	style.Width, style.Color = 0, o.color == "always"
	return writeFile(o.to, put)
}
