package function

import (
	"spoor/engine/column"
	"spoor/grammar/source"
)

// binding is the type of Func.Bind.
type binding = func(*Env, []Arg) (column.Kernel, *source.Diagnostic)

// always binds a kernel that needs to know nothing.
func always(k column.Kernel) binding {
	return func(*Env, []Arg) (column.Kernel, *source.Diagnostic) { return k, nil }
}

// map1 binds a function of one argument that is null for null.
func map1[A any, R column.Element](a reader[A], f func(A) (R, bool)) binding {
	return always(func(rows int, args []column.Vector) column.Vector {
		x := a(args[0])
		return build(rows, func(i int) (r R, ok bool) {
			if x, ok := x.at(i); ok {
				return f(x)
			}
			return r, false
		})
	})
}

// map2 binds a function of two arguments that is null if one of them is.
func map2[A, B any, R column.Element](a reader[A], b reader[B], f func(A, B) (R, bool)) binding {
	return always(kernel2(a, b, f))
}

func kernel2[A, B any, R column.Element](a reader[A], b reader[B], f func(A, B) (R, bool)) column.Kernel {
	return func(rows int, args []column.Vector) column.Vector {
		x, y := a(args[0]), b(args[1])
		return build(rows, func(i int) (r R, ok bool) {
			x, okx := x.at(i)
			y, oky := y.at(i)
			if okx && oky {
				return f(x, y)
			}
			return r, false
		})
	}
}

// rowwise binds a function of any number of values, which handles null itself. It must not keep the slice.
func rowwise(f func(env *Env, row []column.Value) column.Value) binding {
	return func(env *Env, _ []Arg) (column.Kernel, *source.Diagnostic) {
		return func(rows int, args []column.Vector) column.Vector {
			in := make([]view[column.Value], len(args))
			for i, a := range args {
				in[i] = cells(a)
			}
			out := make([]column.Value, rows)
			row := make([]column.Value, len(args))
			for i := range out {
				for j := range in {
					row[j], _ = in[j].at(i)
				}
				out[i] = f(env, row)
			}
			return column.FromValues(out)
		}, nil
	}
}

// simple is sure of a result: it makes a function that can fail out of one that cannot.
func simple[A, R any](f func(A) R) func(A) (R, bool) {
	return func(a A) (R, bool) { return f(a), true }
}

// pattern binds a function of a text and a pattern, which is compiled here if it is constant, and otherwise once for each run of rows
// with the same one; a pattern that does not compile is an error if it is constant, and gives null otherwise.
func pattern[P any, R column.Element](text, pattern int, compile func(*Env, string, source.Span) (P, *source.Diagnostic), f func(s string, p P) (R, bool)) binding {
	return func(env *Env, args []Arg) (column.Kernel, *source.Diagnostic) {
		var fixed P
		constant := args[pattern].Const != nil && !args[pattern].Const.IsNull()
		if constant {
			p, err := compile(env, args[pattern].Const.String(), args[pattern].Span)
			if err != nil {
				return nil, err
			}
			fixed = p
		}
		at := args[pattern].Span
		return func(rows int, args []column.Vector) column.Vector {
			xs, ps := texts(args[text]), texts(args[pattern])
			last, now, err, known := "", fixed, (*source.Diagnostic)(nil), constant
			return build(rows, func(i int) (r R, ok bool) {
				s, oks := xs.at(i)
				p, okp := ps.at(i)
				if !oks || !okp {
					return r, false
				}
				if !constant && (!known || p != last) {
					now, err = compile(env, p, at)
					last, known = p, true
				}
				if err != nil {
					return r, false
				}
				return f(s, now)
			})
		}, nil
	}
}
