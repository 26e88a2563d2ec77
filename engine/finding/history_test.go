package finding

import (
	"strings"
	"testing"
)

func remembered() *Finding {
	f := restartFinding()
	f.History = &History{Fingerprint: "0a1b", Status: StatusUpdate, Seen: 3, Since: at("10:00:00").UnixNano(), Late: true, Suppressed: 4}
	return f
}

func TestHistory(t *testing.T) {
	for format, want := range map[string]string{
		"ndjson": `"history":{"fingerprint":"0a1b","status":"update","seen":3,"since":"2026-01-05T10:00:00.000Z","late":true,"suppressed":4}`,
		"csv":    `,0a1b,update,3` + "\n",
		"table":  "update, seen 3x, late, 4 more suppressed",
	} {
		if got, _ := written(t, Options{Format: format}, remembered()); !strings.Contains(got, want) {
			t.Errorf("%s: %s lacks %s", format, got, want)
		}
		if got, _ := written(t, Options{Format: format}, restartFinding()); strings.Contains(got, "history\":") || strings.Contains(got, " history ") {
			t.Errorf("%s without a history: %s", format, got)
		}
	}
	first := &History{Status: StatusNew, Seen: 1}
	if got := first.word(); got != "new" {
		t.Errorf("told for the first time: %q", got)
	}
}
