package finding

import (
	"fmt"
	"strings"
	"testing"

	"spoor/engine/attack"
	"spoor/engine/rules"
)

func TestCoverage(t *testing.T) {
	quiet := tunnel()
	quiet.Name = "Quiet"
	blind := &rules.Rule{Name: "Blind", Threats: []rules.Threat{{Techniques: []rules.Named{{ID: "T1543"}, {ID: "T1086"}}}}}
	layer := attack.Layer{Coverage: Coverage([]Standing{
		{Rule: restarted(), Findings: 3}, {Rule: quiet, Able: true}, {Rule: blind}, {Rule: &rules.Rule{Name: "Says Nothing"}, Able: true},
	})}
	var b strings.Builder
	if unknown, err := layer.Write(&b); err != nil || unknown != nil {
		t.Fatal(unknown, err)
	}
	for _, c := range []struct{ technique, comment string }{
		{"T1053.006", "1 covering, 1 able to fire, 3 findings"},
		{"T1053", "1 covering, 1 able to fire, 3 findings"},
		{"T1543", "2 covering, 1 able to fire, 0 findings"},
		{"T1543.002", "1 covering, 1 able to fire, 0 findings"},
		{"T1059.001", "1 covering, 0 able to fire, 0 findings"},
	} {
		_, cell, _ := strings.Cut(b.String(), fmt.Sprintf("%q: %q", "techniqueID", c.technique))
		cell, _, _ = strings.Cut(cell, "}")
		if !strings.Contains(cell, c.comment) {
			t.Errorf("%s: %s", c.technique, cell)
		}
	}
	if strings.Contains(b.String(), "Says Nothing") {
		t.Error("a rule without techniques is in the layer")
	}
}
