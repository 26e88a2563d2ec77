package op

import (
	"fmt"
	"testing"

	"spoor/engine/column"
)

func TestTextsOfSeveralDictionaries(t *testing.T) {
	bd := newBinder(env)
	schema := column.NewSchema("x", "y", "z")
	first, second, third := bd.bind(fn("coalesce", col("x"), col("y"), col("z"))), bd.bind(fn("if", fn("isnull", col("x")), col("y"), col("x"))),
		bd.bind(fn("case", fn("isnull", col("x")), col("z"), fn("=", col("y"), lit(column.Str("f"))), col("y"), lit(column.Boolean(true)), col("x")))
	dicts := []*column.Dictionary{column.NewDictionary(), column.NewDictionary(), column.NewDictionary()}
	for round := range 40 {
		if round%7 == 6 { // a scan begins with another one
			dicts[round%3] = column.NewDictionary()
		}
		fresh := fmt.Sprint("new", round)
		b := column.NewBatch(schema, []column.Vector{dictOf(dicts[0], "a", "", "b", "", fresh), dictOf(dicts[1], "f", "a", "c", "", "b"), dictOf(dicts[2], "q", "r", "s", fresh, "u")}, 5)
		for _, c := range []struct {
			name string
			got  column.Vector
			want string
		}{
			{"coalesce", first.eval(b), "a a b " + fresh + " " + fresh}, {"if", second.eval(b), "a a b - " + fresh},
			{"case", third.eval(b), "f r b " + fresh + " " + fresh},
		} {
			if _, ok := c.got.(*column.Dict); !ok {
				t.Fatalf("%s is %T", c.name, c.got)
			}
			if got := show(c.got); got != c.want {
				t.Fatalf("%s in round %d: %s, want %s", c.name, round, got, c.want)
			}
		}
	}
	mixed := column.NewBatch(schema, []column.Vector{dictOf(dicts[0], "a", "", ""), column.FromValues([]column.Value{{}, column.Integer(7), {}}),
		&column.Dict{Codes: []uint32{1, 1, 1}, Dictionary: column.DictionaryOf([]column.Value{{}, column.Integer(8)})}}, 3)
	if got := show(first.eval(mixed)); got != "a 7 8" {
		t.Errorf("with numbers: %s", got)
	}
	if got := show(bd.bind(fn("coalesce", col("x"), col("z"))).eval(mixed)); got != "a 8 8" {
		t.Errorf("with a dictionary of numbers: %s", got)
	}
}
