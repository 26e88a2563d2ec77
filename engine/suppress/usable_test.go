package suppress

import (
	"strings"
	"testing"

	"spoor/datamodels"
	"spoor/engine"
	"spoor/engine/state"
)

func TestUsable(t *testing.T) {
	for _, c := range []struct{ rule, where, want string }{
		{"Linux *", "", ""},
		{"*", `host="web1" AND like(user, "back%")`, ""},
		{"*", "count > 5", ""},
		{"*", "host=", "missing value after `=`"},
		{"*", `host="a" | delete`, "unexpected `|`"},
		{"*", "nosuch(host)", "there is no function nosuch"},
		{"*", "host=[search x | return host]", "is not a condition of one finding alone"},
	} {
		wrong := Usable(state.Silence{Rule: c.rule, Where: c.where}, engine.Options{Models: datamodels.Builtin()})
		switch {
		case c.want == "" && wrong != nil:
			t.Errorf("%s where %s: %s", c.rule, c.where, wrong)
		case c.want != "" && (wrong == nil || !strings.Contains(wrong.Message, c.want)):
			t.Errorf("%s where %s: %v, want %s", c.rule, c.where, wrong, c.want)
		}
	}
}
