package datamodels_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"spoor/datamodels"
	"spoor/engine"
	"spoor/engine/column"
	"spoor/engine/input"
	"spoor/grammar/source"
)

func kindOf(t *testing.T, name string) *datamodels.Kind {
	t.Helper()
	for _, s := range datamodels.Builtin().Sources() {
		for _, k := range s.Kinds {
			if k.Name == name {
				return k
			}
		}
	}
	t.Fatalf("no kind %s", name)
	return nil
}

// values is what becomes of one record: the fields of the dataset that have a value, and `starts` and `ends` if they are true.
func values(t *testing.T, kind, record string) []string {
	t.Helper()
	k := kindOf(t, kind)
	var names, evals []string
	add := func(name string, e source.Span) {
		if !e.IsZero() {
			evals = append(evals, fmt.Sprintf("x%d=%s", len(names), e))
			names = append(names, name)
		}
	}
	for _, a := range k.Mappings[datamodels.Events] {
		add(a.Field, a.Expr)
	}
	add("starts", k.Starts)
	add("ends", k.Ends)
	p, errs := engine.Compile(source.New("test", `search * | eval kind="`+kind+`", `+strings.Join(evals, ", ")), engine.Options{})
	if errs.Failed() {
		t.Fatal(errs)
	}
	r := p.Run(context.Background(), engine.RunOptions{Workers: 1, Inputs: input.Inputs{{Path: "-", Size: -1, Stream: strings.NewReader(record)}}})
	var got []string
	rows := 0
	for b, err := range r.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		rows += b.Rows
		for i, name := range names {
			c := b.Col(fmt.Sprintf("x%d", i))
			if c == nil || c.Value(0).IsNull() || c.Value(0).Kind() == column.Bool && !c.Value(0).True() {
				continue
			}
			got = append(got, name+" "+spelled(c.Value(0)))
		}
	}
	if rows != 1 {
		t.Fatalf("%d events in %s", rows, record)
	}
	if kinds := r.Ledger().Total.Kinds; kinds[kind] != 1 {
		t.Fatalf("%s is of the kind %v", record, kinds)
	}
	slices.Sort(got)
	return got
}

// spelled tells texts from numbers.
func spelled(v column.Value) string {
	var all []string
	for _, item := range v.Items() {
		if item.Kind() == column.String {
			all = append(all, fmt.Sprintf("%q", item.Text()))
		} else {
			all = append(all, item.String())
		}
	}
	return strings.Join(all, " ")
}
