package engine

import (
	"fmt"
	"strings"
	"testing"

	"spoor/datamodels"
	"spoor/grammar/source"
	"spoor/macros"
)

// repeated joins n texts that format makes of their numbers.
func repeated(n int, format, between string) string {
	parts := make([]string, n)
	for i := range parts {
		parts[i] = fmt.Sprintf(format, i)
	}
	return strings.Join(parts, between)
}

func TestLongQueriesCompileInTime(t *testing.T) {
	const n = 5000
	for name, text := range map[string]string{
		"words":       repeated(n, `CommandLine="*x%d*"`, " OR "),
		"conditions":  "EventID=1 | where " + repeated(n, `host="h%d"`, " AND "),
		"assignments": "EventID=1 | eval " + repeated(n, "f%[1]d=f%[1]d+1", ", "),
		"by":          "EventID=1 | stats count by " + repeated(n, "f%d", ", "),
		"table":       "EventID=1 | table " + repeated(n, "f%d", ", "),
		"fillnull":    "EventID=1 | fillnull " + repeated(n, "f%d", " "),
		"commands":    "EventID=1 | " + repeated(1000, "rename a as b%d", " | "),
	} {
		_, errs := Compile(source.New("query", text), Options{Macros: macros.Builtin(), Models: datamodels.Builtin()})
		if errs.Failed() {
			t.Errorf("%s: %v", name, errs)
		}
	}
}

func TestLongChainOfOperators(t *testing.T) {
	for n, fails := range map[int]bool{1000: false, 1001: true, 50_000: true} {
		text := "EventID=1 | eval x=1" + strings.Repeat("+1", n)
		_, errs := Compile(source.New("query", text), Options{Macros: macros.Builtin(), Models: datamodels.Builtin()})
		if errs.Failed() != fails || fails && !strings.Contains(errs.Error(), "more than 1000 operators in a row") {
			t.Errorf("%d operators: %v", n, errs)
		}
	}
}
