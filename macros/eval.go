package macros

import (
	"errors"

	"spoor/grammar/source"
)

// validate says whether the macro accepts its arguments: a Boolean must be true, a string is the error, and null passes.
func (x *expansion) validate(m *Macro, values map[string]source.Span, by source.Call) bool {
	if m.Validation.IsZero() || m.Validation.String() == "" {
		return true
	}
	value, ok := x.evaluate(m, x.substitute(m.Validation, values, by), by)
	if !ok {
		return false
	}
	switch value := value.(type) {
	case nil:
		return true
	case bool:
		if value {
			return true
		}
		message := m.ErrorMsg
		if message == "" {
			message = "it must be true that " + m.Validation.String()
		}
		x.fail(invalid(m, by, message))
	case string:
		x.fail(invalid(m, by, value))
	default:
		x.fail(source.Errorf(by.At, "macro-validation", "the validation of macro `%s` makes neither a Boolean nor a string", m.Name))
	}
	return false
}

func invalid(m *Macro, by source.Call, message string) *source.Diagnostic {
	return source.Errorf(by.At, "macro-validation", "macro `%s` rejects its arguments: %s", m.Name, message)
}

// evaluated is the text that the definition of an iseval macro makes.
func (x *expansion) evaluated(m *Macro, definition *source.Text, by source.Call) *source.Text {
	var b source.Builder
	value, ok := x.evaluate(m, definition, by)
	if ok {
		if text, isText := value.(string); !isText {
			x.fail(source.Errorf(by.At, "macro-iseval", "the definition of macro `%s` makes no string", m.Name).
				WithHint("a macro with iseval is an eval expression whose string is the text"))
		} else if x.spend(len(text), by.At) {
			b.Insert(text, definition.All())
		}
	}
	return b.Expansion(by)
}

// evaluate is the value of an expression, whose own macro calls are expanded first.
func (x *expansion) evaluate(m *Macro, expression *source.Text, by source.Call) (value any, ok bool) {
	if x.stopped {
		return nil, false
	}
	if x.eval == nil {
		x.fail(source.Errorf(by.At, "macro-eval", "macro `%s` needs an eval expression, which cannot be evaluated here", m.Name))
		return nil, false
	}
	before := len(x.errs)
	var b source.Builder
	x.expand(expression, &b)
	if len(x.errs) > before {
		return nil, false
	}
	value, err := x.eval(b.Expansion(by).All())
	if err == nil {
		return value, true
	}
	var one *source.Diagnostic
	var list source.Errors
	switch {
	case errors.As(err, &list):
		for _, d := range list {
			x.fail(d)
		}
	case errors.As(err, &one):
		x.fail(one)
	default:
		x.fail(source.Errorf(by.At, "macro-eval", "macro `%s` cannot be evaluated: %v", m.Name, err))
	}
	return nil, false
}
