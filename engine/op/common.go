package op

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
)

// Common is what programs that are answered together compute alike: what one of them has computed for the entries of a dictionary that all of them
// see, the others find there.
type Common struct {
	mu   sync.Mutex
	made map[meaning]*meaning
}

// NewCommon is nothing yet.
func NewCommon() *Common { return &Common{made: map[meaning]*meaning{}} }

// meaning is all that decides what an expression makes of the values of its fields.
type meaning struct {
	text    string
	now     int64
	zone    *time.Location
	lookups any
	places  any
}

// of is the same for expressions that mean the same, and nil for those of which each program must compute its own.
func (c *Common) of(e plan.Expr, env *function.Env) *meaning {
	if c == nil || plan.Wide(e) || warns(e) {
		return nil
	}
	var b strings.Builder
	spell(&b, e)
	m := meaning{b.String(), env.Now, env.Zone, env.Lookups, env.Places}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.made[m] == nil {
		c.made[m] = &m
	}
	return c.made[m]
}

// warns says whether a part of an expression may have something to say to the program.
func warns(e plan.Expr) bool {
	call, ok := e.(*plan.Call)
	return ok && (call.Func.Warns || slices.ContainsFunc(call.Args, warns))
}

// spell writes an expression so that no other one is written alike: it tells apart functions of one name, and constants of one print.
func spell(b *strings.Builder, e plan.Expr) {
	switch e := e.(type) {
	case *plan.Field:
		b.WriteString(strconv.Quote(e.Name))
	case *plan.Const:
		spellValue(b, e.V)
	case *plan.Call:
		b.WriteString(strconv.Itoa(int(e.Func.Lang)) + e.Func.Name + "(")
		for _, a := range e.Args {
			spell(b, a)
			b.WriteByte(',')
		}
		b.WriteByte(')')
	}
}

func spellValue(b *strings.Builder, v column.Value) {
	b.WriteString("#" + strconv.Itoa(int(v.Kind())))
	switch v.Kind() {
	case column.String:
		b.WriteString(strconv.Quote(v.Text()))
	case column.Float:
		b.WriteString(strconv.FormatUint(math.Float64bits(v.Float()), 16))
	case column.List:
		for _, item := range v.Items() {
			spellValue(b, item)
		}
		b.WriteByte('.')
	case column.Int, column.Time:
		b.WriteString(strconv.FormatInt(v.Int(), 10))
	case column.Bool:
		b.WriteString(strconv.FormatBool(v.True()))
	}
}
