package lint

import (
	"io"

	"spoor/engine/sarif"
)

// writeSARIF writes one log of one run: its rules are the checks.
func writeSARIF(w io.Writer, problems []Problem, version string) error {
	run := sarif.NewRun(version)
	index := map[string]int{}
	for i, c := range checks {
		index[c.Code] = i
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarif.Rule{
			ID: c.Code, Short: sarif.Text{Text: c.Doc}, Help: &sarif.Text{Text: c.Why}, Default: &sarif.Default{Level: c.Severity.String()},
		})
	}
	for _, p := range problems {
		run.Results = append(run.Results, p.sarif(index[p.Code]))
	}
	return run.Write(w)
}

func (p Problem) sarif(check int) sarif.Result {
	message := p.Message
	if p.Hint != "" {
		message += ". " + p.Hint
	}
	out := sarif.Result{
		RuleID: p.Code, RuleIndex: check, Level: p.Severity.String(), Message: sarif.Message(message), Locations: []sarif.Location{},
		Fingerprints: map[string]string{"spoorProblem/v1": p.key()},
	}
	if file, line, col := p.Place(); file != "" {
		out.Locations = append(out.Locations, sarif.At(file, sarif.Region{Line: int64(line), Column: int64(col)}))
	}
	return out
}
