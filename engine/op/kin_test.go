package op

import (
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
)

// naiveTxn is a transaction of the oracle: what it has of each field, and its times.
type naiveTxn struct {
	has    []string
	rows   int
	newest int64
	oldest int64
	done   bool
}

// joins says whether no value of the row is another than that of the transaction.
func (x *naiveTxn) joins(row []string) bool {
	for i, v := range row {
		if v != "" && x.has[i] != "" && x.has[i] != v {
			return false
		}
	}
	return !x.done
}

// common says whether the row has a value of the transaction.
func (x *naiveTxn) common(row []string) bool {
	for i, v := range row {
		if v != "" && x.has[i] == v {
			return true
		}
	}
	return false
}

// naiveOwners looks through all transactions for each row: the last one with which it has a value in common, or else the last one.
func naiveOwners(n *plan.Transaction, rows [][]string, at []int64) (owners []int) {
	var all []*naiveTxn
	for r, row := range rows {
		found := -1
		for _, common := range []bool{true, false} {
			for k := len(all) - 1; k >= 0 && found < 0 && (common || n.Loose); k-- {
				x := all[k]
				switch {
				case !x.joins(row) || x.common(row) != common:
				case x.newest-at[r] > int64(n.Span) || n.Pause >= 0 && x.oldest-at[r] > int64(n.Pause):
					x.done = true
				default:
					found = k
				}
			}
		}
		if found < 0 {
			found = len(all)
			all = append(all, &naiveTxn{has: make([]string, len(row)), newest: at[r]})
		}
		x := all[found]
		for i, v := range row {
			if v != "" {
				x.has[i] = v
			}
		}
		x.rows++
		x.oldest = at[r]
		x.done = x.done || x.rows == n.Most
		owners = append(owners, found)
	}
	return owners
}

// TestKin compares the transactions of several fields with those of an oracle that looks through all of them.
func TestKin(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 11))
		n := &plan.Transaction{Fields: []string{"a", "b", "c"}, Span: time.Duration(50+r.IntN(3000)) * time.Second, Pause: time.Duration(r.IntN(200)-50) * time.Second, Most: []int{0, 2, 5}[r.IntN(3)], Loose: r.IntN(2) == 0}
		many := 2 + r.IntN(12)
		var rows [][]string
		var at []int64
		cells := make([][]column.Value, 4)
		now := int64(1e18)
		for range 1 + r.IntN(300) {
			row := []string{"", "", ""}
			row[r.IntN(3)] = strconv.Itoa(r.IntN(many))
			for i := range row {
				if r.IntN(4) == 0 {
					row[i] = strconv.Itoa(r.IntN(many))
				}
				cell := column.Value{}
				if row[i] != "" {
					cell = column.Str(row[i])
				}
				cells[i+1] = append(cells[i+1], cell)
			}
			now -= r.Int64N(20) * 1e9
			rows, at, cells[0] = append(rows, row), append(at, now), append(cells[0], column.Nanos(now))
		}
		cols := make([]column.Vector, 4)
		for i, values := range cells {
			cols[i] = column.FromValues(values)
		}
		b := column.NewBatch(column.NewSchema("_time", "a", "b", "c"), cols, len(rows))
		sink := (&runner{Config: Config{Env: &function.Env{}}, bd: newBinder(&function.Env{})}).transactions(n, newBinder(&function.Env{}))
		sink.going.add(sink, b)
		for i, want := range naiveOwners(n, rows, at) {
			if got := int(sink.going.owners[i]); got != want {
				t.Fatalf("seed %d: row %d %q is in transaction %d, want %d", seed, i, rows[i], got, want)
			}
		}
	}
}
