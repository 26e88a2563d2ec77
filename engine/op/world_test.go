package op

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sort"
	"strings"
	"sync"
	"testing"
	"time"

	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/input"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

// event is a made-up record: its raw fields by name. "kind" and "t" (seconds) are told apart from the others.
type event map[string]string

// events reads one event per line: `kind t field=value ...`. A comma makes several values.
func events(text string) []event {
	var out []event
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		e := event{"kind": words[0], "t": words[1]}
		for _, w := range words[2:] {
			name, value, _ := strings.Cut(w, "=")
			e[name] = value
		}
		out = append(out, e)
	}
	return out
}

// world is inputs that hold made-up events, and a configuration to read them. The number of an event is its position.
type world struct {
	events []event
	scans  []input.Demand
	warned []string
	mu     sync.Mutex
	Config
}

func newWorld(list []event, workers, batch int, once bool) *world {
	w := &world{events: list}
	w.Config = Config{
		Workers: workers, BatchRows: batch, Needles: true,
		Env:  &function.Env{Zone: time.UTC, Warn: w.warn},
		Scan: w.open,
	}
	if !once {
		w.Rescan = w.open
	}
	for _, k := range []string{"start", "end", "net", "file"} {
		w.Kinds = append(w.Kinds, plan.Kind{Name: k, Const: map[string]string{"category": k}})
	}
	return w
}

func (w *world) warn(d *source.Diagnostic) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.warned = append(w.warned, d.Code+": "+d.Message)
}

func (w *world) open(d input.Demand) (Scanner, error) {
	w.scans = append(w.scans, d)
	return &fakeScan{w, d}, nil
}

// fakeScan delivers what is demanded and nothing else, to its workers in turn.
type fakeScan struct {
	*world
	demand input.Demand
}

func (s *fakeScan) Run(_ context.Context, consumers []func(string, *column.Batch) (bool, error)) error {
	share := make([]map[string][]int, len(consumers)) // by worker, then kind
	for i := range share {
		share[i] = map[string][]int{}
	}
	for i, e := range s.events {
		if s.wants(i, e) {
			to := share[(i/s.BatchRows)%len(share)]
			to[e["kind"]] = append(to[e["kind"]], i)
		}
	}
	var group sync.WaitGroup
	for i, consume := range consumers {
		group.Go(func() {
			dicts := map[string]*column.Dictionary{}
			for kind, list := range share[i] {
				for some := range slices.Chunk(list, s.BatchRows) {
					if full, _ := consume(kind, s.batch(kind, some, dicts)); full {
						return
					}
				}
			}
		})
	}
	group.Wait()
	return nil
}

func (s *fakeScan) wants(i int, e event) bool {
	if at := s.demand.At; at != nil {
		k := sort.Search(len(at[0]), func(k int) bool { return at[0][k] >= int64(i) })
		return k < len(at[0]) && at[0][k] == int64(i)
	}
	if _, ok := s.demand.Kinds[e["kind"]]; s.demand.Kinds != nil && !ok || slices.Contains(s.demand.Except, e["kind"]) {
		return false
	}
	if t := timeOf(e); t < s.demand.Earliest || t >= s.demand.Latest && s.demand.Latest != column.End {
		return false
	}
	return s.demand.Needles == nil || slices.ContainsFunc(s.demand.Needles, func(n string) bool {
		return strings.Contains(strings.ToLower(fmt.Sprint(e)), strings.ToLower(n))
	})
}

func timeOf(e event) int64 {
	var seconds float64
	fmt.Sscan(e["t"], &seconds)
	return int64(seconds * 1e9)
}

func (s *fakeScan) batch(kind string, list []int, dicts map[string]*column.Dictionary) *column.Batch {
	names := union(s.demand.Fields, s.demand.Kinds[kind])
	var cols []column.Vector
	for _, name := range names {
		values := make([]column.Value, len(list))
		texts, plain := make([]string, len(list)), true
		for k, i := range list {
			e := s.events[i]
			text, ok := e[name]
			switch {
			case name == column.Position:
				values[k], plain = column.Integer(int64(i)), false
			case name == "_time":
				plain = false
				if e["t"] != "-" {
					values[k] = column.Nanos(timeOf(e))
				}
			case !ok:
			case name == "pid":
				var n int64
				fmt.Sscan(text, &n)
				values[k], plain = column.Integer(n), false
			case strings.Contains(text, ","):
				var items []column.Value
				for item := range strings.SplitSeq(text, ",") {
					items = append(items, column.Str(item))
				}
				values[k], plain = column.Multi(items), false
			default:
				values[k], texts[k] = column.Str(text), text
			}
		}
		if !plain {
			cols = append(cols, column.FromValues(values))
			continue
		}
		if dicts[name] == nil {
			dicts[name] = column.NewDictionary()
		}
		cols = append(cols, dictOf(dicts[name], texts...))
	}
	return column.NewBatch(column.NewSchema(names...), cols, len(list))
}

// Fields of the made-up events that their start events tell too.
var told = []string{"process.command_line", "process.entity_id", "process.parent.entity_id"}

// view presents the made-up events as EQL sees events; the table may fill what net and file events lack.
func view() *plan.View {
	v := &plan.View{In: &plan.Scan{Earliest: column.Beginning, Latest: column.End}, Dataset: "ecs.events", Open: true, Kinds: map[string]*plan.KindView{}}
	for _, kind := range []string{"start", "end", "net", "file"} {
		fields := map[string]plan.Expr{
			plan.HostID: col("host"), plan.EntityID: col("guid"), plan.ProcessID: col("pid"), "event.category": col("category"),
			"process.command_line": col("cmd"), "process.parent.entity_id": col("parent"), "user": col("user"), "n": col("n"),
			plan.Starts: lit(column.Boolean(kind == "start")), plan.Ends: lit(column.Boolean(kind == "end")),
			plan.Nameless: lit(column.Boolean(kind != "file")),
		}
		for _, f := range told {
			fields[plan.Open(f)] = lit(column.Boolean(kind == "net" || kind == "file"))
		}
		v.Kinds[kind] = &plan.KindView{Fields: fields}
	}
	return v
}

// enriched is the events with a process table.
func enriched(in plan.Node) *plan.Enrich { return &plan.Enrich{In: in, Starts: view(), Fields: told} }

func is(field, value string) plan.Expr { return fn("=", col(field), lit(column.Str(value))) }

// answer runs a plan, and shows of each row the columns; "-" for nothing.
func (w *world) answer(t *testing.T, n plan.Node, columns ...string) []string {
	t.Helper()
	return w.answerOf(t, &plan.Project{In: n, Mode: plan.Table, Patterns: columns}, columns)
}

func (w *world) answerOf(t *testing.T, n plan.Node, columns []string) []string {
	t.Helper()
	rows, diag := Run(context.Background(), n, w.Config)
	if diag != nil {
		t.Fatal(diag)
	}
	var out []string
	for b, err := range rows {
		if err != nil {
			t.Fatal(err)
		}
		for r := range b.Rows {
			var cells []string
			for _, c := range columns {
				if v := b.Col(c).Value(r); v.IsNull() {
					cells = append(cells, "-")
				} else {
					cells = append(cells, v.String())
				}
			}
			out = append(out, strings.Join(cells, " "))
		}
	}
	return out
}

// settings is ways to run the same plan that must not matter.
func settings(t *testing.T, list []event, check func(t *testing.T, w *world, list []event)) {
	rng := rand.New(rand.NewPCG(uint64(len(list)), 7))
	for range 6 {
		list := slices.Clone(list)
		for workers := 1; workers <= 4; workers += 3 {
			for _, once := range []bool{false, true} {
				w := newWorld(list, workers, 1+rng.IntN(4), once)
				w.Needles = rng.IntN(2) == 0
				check(t, w, list)
				if t.Failed() {
					t.Fatalf("with %d workers, batches of %d, once %t, needles %t: %v", workers, w.BatchRows, once, w.Needles, list)
				}
			}
		}
		rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	}
}
