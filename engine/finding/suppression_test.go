package finding

import (
	"encoding/json"
	"testing"

	"spoor/engine/column"
)

// Kibana's alerts say which others were folded into them: of a sequence it is the shell that does.
func TestBulkSuppression(t *testing.T) {
	history := &History{Fingerprint: "0a1b", Status: StatusNew, Seen: 1, Suppressed: 5, Folded: &Folded{
		Terms: []Term{{"host.name", []column.Value{column.Str("web1")}}, {"user.id", nil}, {"destination.port", []column.Value{column.Integer(22), column.Integer(80)}}},
		First: at("10:00:00").UnixNano(), Last: at("11:00:02").UnixNano(),
	}}
	want := map[string]string{
		"kibana.alert.suppression.terms":      `[{"field":"host.name","value":["web1"]},{"field":"user.id","value":null},{"field":"destination.port","value":[22,80]}]`,
		"kibana.alert.suppression.start":      `"2026-01-05T10:00:00.000Z"`,
		"kibana.alert.suppression.end":        `"2026-01-05T11:00:02.000Z"`,
		"kibana.alert.suppression.docs_count": `5`,
	}
	for name, f := range map[string]*Finding{"event": single(), "sequence": tunnelFinding()} {
		for _, folded := range []bool{true, false} {
			h := *history
			if f.History = &h; !folded {
				h.Folded = nil
			}
			text, _ := written(t, Options{Format: "bulk"}, f)
			_, docs := alerts(t, text)
			for i, doc := range docs {
				for field, value := range want {
					if i < len(docs)-1 || !folded {
						value = "null"
					}
					got, err := json.Marshal(doc[field])
					if err != nil || string(got) != value {
						t.Errorf("%s, document %d: %s is %s, %v", name, i, field, got, err)
					}
				}
			}
		}
	}
}
