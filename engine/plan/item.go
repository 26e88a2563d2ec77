package plan

import (
	"strings"

	"spoor/engine/column"
	"spoor/engine/function"
)

// OverValues is the call of mvmap or mvfilter in the form in which its parts may be replaced: its arguments are what it goes over, the
// field of that name or, for mvmap, an expression over it, the field by which the expression reads a single value of that, and the expression.
func OverValues(call *Call, field *Field) *Call {
	item := &Field{Name: itemPrefix + field.Name, Span: field.Span}
	body := Rewrite(call.Args[len(call.Args)-1], func(f *Field) Expr {
		if f.Name == field.Name {
			return item
		}
		return nil
	})
	list := Expr(field)
	if len(call.Args) == 2 {
		list = call.Args[0]
	}
	return &Call{call.Func, []Expr{list, item, body}, call.Span}
}

// itemPrefix begins the names of fields that only the expression of an OverValues knows.
const itemPrefix = "\x00item "

func isItem(name string) bool { return strings.HasPrefix(name, itemPrefix) }

// itemOf is the name of the field that a call of mvmap or mvfilter binds.
func itemOf(c *Call) (name string, ok bool) {
	if c.Func.Lang != function.SPL || c.Func.Lists != column.Whole || !c.Func.Lazy || len(c.Args) != 3 {
		return "", false
	}
	f, ok := c.Args[1].(*Field)
	return f.Name, ok
}
