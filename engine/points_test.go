package engine_test

import (
	"strings"
	"testing"

	"spoor/engine"
	"spoor/grammar/source"
)

// pointCase is a statement of the language's description, by its number there, as a search and what that must give.
type pointCase struct {
	point, query string
	want         string // rows, without the breaks between them
	said         string // stands in the errors and warnings; if empty there are none
}

// checkPoints asks each search of a log in several ways.
func checkPoints(t *testing.T, log string, o engine.Options, cases []pointCase) {
	t.Helper()
	files := []string{writeLog(t, log)}
	for _, c := range cases {
		t.Run(c.point, func(t *testing.T) {
			got := askEverywhere(t, source.New("query", c.query), o, files, 2)
			diff(t, "rows", strings.ReplaceAll(got.rows, "\n", ""), c.want)
			if said := strings.TrimSpace(got.errors + got.warnings); !strings.Contains(said, c.said) || c.said == "" && said != "" {
				diff(t, "said", said, c.said)
			}
		})
	}
}
