package op

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"spoor/engine/column"
)

// dictOf is a dictionary column of the texts; "" is null.
func dictOf(d *column.Dictionary, texts ...string) *column.Dict {
	out := &column.Dict{Dictionary: d}
	for _, s := range texts {
		code := uint32(0)
		if s != "" {
			code = d.Intern([]byte(s))
		}
		out.Codes = append(out.Codes, code)
	}
	return out
}

func TestGroupsNumberRows(t *testing.T) {
	g := newGroups(2)
	d := column.NewDictionary()
	group, kept := g.number([]column.Vector{dictOf(d, "a", "b", "", "a", "a"), column.FromValues([]column.Value{
		column.Integer(1), column.Integer(1), column.Integer(1), column.Str("1"), {},
	})}, 5)
	if fmt.Sprint(group, kept) != "[0 1 0] [0 1 3]" {
		t.Errorf("groups %v of rows %v: rows without a key must go, and 1 must be the same as \"1\"", group, kept)
	}
	if v := g.key(0, 1); v.Kind() != column.String {
		t.Errorf("the key is %v: text before a number, whichever came first", v.Kind())
	}
	// another dictionary, the same values
	group, _ = g.number([]column.Vector{dictOf(column.NewDictionary(), "b", "a"), &column.Const{V: column.Integer(1), N: 2}}, 2)
	if fmt.Sprint(group) != "[1 0]" {
		t.Errorf("groups %v under another dictionary", group)
	}
}

func TestGroupsWithoutKeys(t *testing.T) {
	g := newGroups(0)
	if group, kept := g.number(nil, 3); fmt.Sprint(group, kept, g.n) != "[0 0 0] [] 1" {
		t.Errorf("got %v %v %d", group, kept, g.n)
	}
}

// Merging tables gives the groups of one table that saw all rows.
func TestGroupsMerge(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	whole, parts := newGroups(3), []*groups{newGroups(3), newGroups(3), newGroups(3)}
	dicts := make([]*column.Dictionary, len(parts))
	for i := range dicts {
		dicts[i] = column.NewDictionary()
	}
	for range 2000 {
		row := []string{fmt.Sprint(rng.IntN(7)), fmt.Sprint(rng.IntN(30)), fmt.Sprint("x", rng.IntN(3))}
		p := rng.IntN(len(parts))
		vecs := func(d *column.Dictionary) []column.Vector {
			return []column.Vector{dictOf(d, row[0]), column.FromValues([]column.Value{column.Str(row[1])}), &column.Const{V: column.Str(row[2]), N: 1}}
		}
		whole.number(vecs(dicts[p]), 1)
		parts[p].number(vecs(dicts[p]), 1)
	}
	merged := newGroups(3)
	for _, p := range parts {
		for from, to := range merged.merge(p) {
			for k := range 3 {
				if !column.Equal(p.key(from, k), merged.key(int(to), k)) {
					t.Fatalf("group %d became %d, which has other keys", from, to)
				}
			}
		}
	}
	if merged.n != whole.n {
		t.Errorf("%d groups after merging, %d of all rows at once", merged.n, whole.n)
	}
}

func BenchmarkGroups(b *testing.B) {
	const rows = 1024
	d := column.NewDictionary()
	rng := rand.New(rand.NewPCG(1, 2))
	var cols []column.Vector
	for range 3 {
		texts := make([]string, rows)
		for i := range texts {
			texts[i] = fmt.Sprint("value ", rng.IntN(40))
		}
		cols = append(cols, dictOf(d, texts...))
	}
	g := newGroups(3)
	b.ReportAllocs()
	b.SetBytes(rows) // MB/s reads as million rows per second
	for b.Loop() {
		g.number(cols, rows)
	}
}

// A single key's groups are those of two keys of which one is always the same.
func TestGroupsOfOneKey(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for name, of := range kindsOfCells {
		one, two, parts := newGroups(1), newGroups(2), []*groups{newGroups(1), newGroups(1)}
		for range 20 {
			n := 1 + rng.IntN(200)
			v := cellsOf(rng, of, n, rng.IntN(3))
			if _, lists := v.(*column.Multis); lists {
				continue
			}
			got, kept := one.number([]column.Vector{v}, n)
			want, wantKept := two.number([]column.Vector{v, &column.Const{V: column.Str("x"), N: n}}, n)
			if !slices.Equal(got, want) || !slices.Equal(kept, wantKept) {
				t.Fatalf("%s: groups %v of rows %v, want %v of %v", name, got, kept, want, wantKept)
			}
			parts[rng.IntN(2)].number([]column.Vector{v}, n)
		}
		whole := newGroups(1)
		for _, p := range parts {
			whole.merge(p)
		}
		for _, g := range []*groups{one, whole} {
			if g.n != two.n {
				t.Fatalf("%s: %d groups, want %d", name, g.n, two.n)
			}
			for i, group := range two.sorted() {
				// nan differs from nan in its bits, and of those that are one group any may be the key
				if got, want := g.key(int(g.sorted()[i]), 0), two.key(int(group), 0); got.Kind() != want.Kind() || got.String() != want.String() {
					t.Fatalf("%s: the group at %d is %v, want %v", name, i, got, want)
				}
			}
		}
	}
}

func BenchmarkManyGroups(b *testing.B) {
	const rows, batches = 1024, 512
	for name, of := range map[string]func(r *rand.Rand) column.Value{
		"texts":    func(r *rand.Rand) column.Value { return column.Str(fmt.Sprintf("user-%07d", r.IntN(rows*batches))) },
		"integers": func(r *rand.Rand) column.Value { return column.Integer(r.Int64N(rows * batches)) },
	} {
		b.Run(name, func(b *testing.B) {
			rng := rand.New(rand.NewPCG(1, 2))
			var cols []column.Vector
			for range batches {
				cols = append(cols, cellsOf(rng, of, rows, 0))
			}
			b.ReportAllocs()
			b.SetBytes(rows * batches)
			for b.Loop() {
				g := newGroups(1)
				for _, c := range cols {
					g.number([]column.Vector{c}, rows)
				}
				g.sorted()
			}
		})
	}
}
