package function

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"spoor/engine/column"
	"spoor/grammar/source"
)

// The tests evaluate expressions with a small evaluator of their own, over a batch whose fields come in a given encoding.

var testEnv = &Env{Now: 1700000000_500000000, Zone: time.UTC, Seed: 1}

type evaluator struct {
	lang   Lang
	tokens []string
	rows   int
	col    func(name string) column.Vector
}

var token = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|[0-9]+(?:\.[0-9]+)?|[A-Za-z_]\w*|[<>!=]=|\S`)

// node is an expression: a constant, a field or a call.
type node struct {
	value   *column.Value
	written string // of a number
	field   string
	call    string
	args    []node
}

func (e *evaluator) peek() string {
	if len(e.tokens) == 0 {
		return ""
	}
	return e.tokens[0]
}

func (e *evaluator) take(t string) bool {
	if strings.EqualFold(e.peek(), t) && t != "" {
		e.tokens = e.tokens[1:]
		return true
	}
	return false
}

var levels = [][]string{{"XOR"}, {"OR"}, {"AND"}, {"NOT"}, {"=", "==", "!=", "<", "<=", ">", ">=", "LIKE"}, {"."}, {"+", "-"}, {"*", "/", "%"}}

func (e *evaluator) parse(level int) node {
	if level == len(levels) {
		return e.primary()
	}
	if levels[level][0] == "NOT" {
		if e.take("NOT") {
			return node{call: "not", args: []node{e.parse(level)}}
		}
		return e.parse(level + 1)
	}
	left := e.parse(level + 1)
next:
	for _, op := range levels[level] {
		if e.take(op) {
			left = node{call: strings.ToLower(op), args: []node{left, e.parse(level + 1)}}
			goto next
		}
	}
	return left
}

func (e *evaluator) primary() node {
	t := e.peek()
	e.tokens = e.tokens[1:]
	switch {
	case t == "(":
		n := e.parse(0)
		e.take(")")
		return n
	case t == "-":
		return node{call: "neg", args: []node{e.primary()}}
	case t[0] == '"':
		v := column.Str(strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(t[1 : len(t)-1]))
		return node{value: &v}
	case t[0] >= '0' && t[0] <= '9':
		f, _ := column.ParseNumber(t)
		v := column.Real(f)
		if !strings.Contains(t, ".") {
			v = column.Integer(int64(f))
		}
		return node{value: &v, written: t}
	}
	if !e.take("(") {
		return node{field: t}
	}
	n := node{call: t}
	for !e.take(")") {
		n.args = append(n.args, e.parse(0))
		e.take(",")
	}
	return n
}

func (e *evaluator) eval(n node) column.Vector {
	switch {
	case n.value != nil:
		return &column.Const{V: *n.value, N: e.rows}
	case n.field != "":
		return e.col(n.field)
	}
	f := Lookup(e.lang, n.call)
	if f == nil {
		panic("no function " + n.call)
	}
	if len(n.args) < f.MinArgs || f.MaxArgs >= 0 && len(n.args) > f.MaxArgs {
		panic("wrong number of arguments of " + n.call)
	}
	if f.Lazy {
		return e.lazy(f.Name, n.args)
	}
	if n.call == "sigfig" && len(n.args[0].args) == 2 {
		n = withOperands(n)
	}
	args := make([]Arg, len(n.args))
	vectors := make([]column.Vector, len(n.args))
	for i, a := range n.args {
		args[i] = Arg{Const: a.value, Span: source.New("test", n.call).All()}
		vectors[i] = e.eval(a)
	}
	k, err := f.Bind(testEnv, args)
	if err != nil {
		panic(err)
	}
	return (&column.Lift{Kernel: k, Lists: f.Lists, Volatile: f.Volatile}).Apply(e.rows, vectors)
}

// withOperands adds to the argument of sigfig what the compiler does: the operator and what it joins.
func withOperands(n node) node {
	op := column.Str(n.args[0].call)
	out := node{call: n.call, args: []node{n.args[0], {value: &op}}}
	for _, a := range n.args[0].args {
		if a.written != "" {
			v := column.Str(a.written)
			a = node{value: &v}
		}
		out.args = append(out.args, a)
	}
	return out
}

// lazy evaluates all arguments: the examples have no branch that must not run.
func (e *evaluator) lazy(name string, args []node) column.Vector {
	if name == "searchmatch" {
		field, pattern, _ := strings.Cut(args[0].value.Text(), "=")
		v := column.Str(pattern)
		return (&evaluator{lang: Search, rows: e.rows, col: e.col}).eval(node{call: "=", args: []node{{field: field}, {value: &v}}})
	}
	if name == "mvfilter" || name == "mvmap" {
		return e.perValue(name, args)
	}
	out := make([]column.Value, e.rows)
	vs := make([][]column.Value, len(args))
	for i, a := range args {
		vs[i] = column.ToValues(e.eval(a))
	}
	for r := range out {
		row := make([]column.Value, len(args))
		for i := range args {
			row[i] = vs[i][r]
		}
		out[r] = lazyRow(name, row)
	}
	return column.FromValues(out)
}

func lazyRow(name string, row []column.Value) column.Value {
	var last column.Value
	switch name {
	case "and", "or":
		last = column.Boolean(name == "and")
		for _, v := range row {
			if !v.IsNull() && v.True() == (name == "or") {
				return v
			}
			if v.IsNull() {
				last = v
			}
		}
	case "if":
		if row[0].True() {
			return row[1]
		}
		return row[2]
	case "case", "validate":
		for i := 0; i+1 < len(row); i += 2 {
			if !row[i].IsNull() && row[i].True() == (name == "case") {
				return row[i+1]
			}
		}
	case "coalesce":
		for _, v := range row {
			if !v.IsNull() {
				return v
			}
		}
	case "perhaps":
		return column.Boolean(row[0].True() || slices.ContainsFunc(row[1:], func(v column.Value) bool { return v.Kind() == column.List }))
	case "cell":
		return cellOf(row)
	}
	return last
}

// cellOf asks a table for a column by the values of another one.
func cellOf(row []column.Value) column.Value {
	definition, diag := testEnv.Lookups.Find(source.Span{}, row[0].String())
	if diag != nil {
		panic(diag)
	}
	m, diag := testEnv.Lookups.Matcher(source.Span{}, definition, []string{row[2].String()}, testEnv.Times)
	if diag != nil {
		panic(diag)
	}
	var cells []column.Value
	for _, at := range m.Find([]string{row[3].String()}, 0, nil) {
		cells = append(cells, m.Table.Cells[slices.Index(m.Table.Columns, row[1].String())].Value(at))
	}
	return column.Multi(cells)
}

func (e *evaluator) perValue(name string, args []node) column.Vector {
	field := "list"
	out := make([]column.Value, e.rows)
	for r := range out {
		var items []column.Value
		for _, v := range e.col(field).Value(r).Items() {
			one := &evaluator{lang: e.lang, rows: 1, col: func(n string) column.Vector {
				if n == field {
					return &column.Const{V: v, N: 1}
				}
				return e.col(n).Pick([]uint32{uint32(r)})
			}}
			got := one.eval(args[len(args)-1]).Value(0)
			switch {
			case name == "mvmap":
				items = append(items, got)
			case got.True():
				items = append(items, v)
			}
		}
		out[r] = column.Multi(items)
	}
	return column.FromValues(out)
}

var encodings = []string{"const", "flat", "mixed", "dict"}

// encode makes a column of three rows of the value, of which the second is null unless the encoding is const.
func encode(v column.Value, encoding string) column.Vector {
	values := []column.Value{v, {}, v}
	switch encoding {
	case "const":
		return &column.Const{V: v, N: 3}
	case "mixed":
		if v.Kind() == column.List {
			return column.FromValues(values)
		}
		return &column.Mixed{Values: values}
	case "dict":
		if v.Kind() != column.String {
			return column.FromValues(values)
		}
		d := column.NewDictionary()
		d.Intern([]byte("something else"))
		code := d.Intern([]byte(v.Text()))
		return &column.Dict{Codes: []uint32{code, 0, code}, Dictionary: d}
	}
	return column.FromValues(values)
}

func show(v column.Value) string {
	if v.IsNull() {
		return "null"
	}
	return v.String()
}

// check evaluates an expression of eval over the fields in all encodings.
func check(t *testing.T, expr string, fields map[string]column.Value, want string) {
	t.Helper()
	checkLang(t, SPL, expr, fields, want)
}

func checkLang(t *testing.T, lang Lang, expr string, fields map[string]column.Value, want string) {
	t.Helper()
	checkNode(t, lang, expr, fields, want, func(e *evaluator) node {
		e.tokens = token.FindAllString(expr, -1)
		n := e.parse(0)
		if len(e.tokens) > 0 {
			t.Fatalf("%s: cannot read on at %q", expr, e.tokens)
		}
		return n
	})
}

func checkNode(t *testing.T, lang Lang, expr string, fields map[string]column.Value, want string, parse func(*evaluator) node) {
	t.Helper()
	for _, encoding := range encodings {
		e := &evaluator{lang: lang, rows: 3, col: func(name string) column.Vector { return encode(fields[name], encoding) }}
		got := e.eval(parse(e))
		if got.Len() != 3 {
			t.Fatalf("%s (%s): %d rows", expr, encoding, got.Len())
		}
		for _, row := range []int{0, 2} {
			if s := show(got.Value(row)); s != want {
				t.Errorf("%s (%s, row %d) = %s, want %s", expr, encoding, row, s, want)
			}
		}
	}
}
