package bench

import (
	"fmt"
	"strings"
)

// ripgrep is lines that ripgrep finds, piped into jq, which looks at their fields. Where no word stands in what is looked for, it cannot help.
func ripgrep(workload string, d *Data) []string {
	lines, program := "", ""
	switch workload {
	case "selective":
		lines = "rg --no-config -N -i -e systemctl -e service -- " + word(d.Flat) + " | rg --no-config -N -i -e start -e enable -e reload"
		program = `def base: sub(".*/"; ""); def holds(words): ascii_downcase as $text | [words | . as $word | $text | contains($word)] | any;` +
			`[inputs | select(.EventID == "1" and ((.Image | base | ascii_downcase | . == "systemctl" or . == "service") or (.CommandLine | holds("systemctl", "service")))` +
			` and (.CommandLine | holds("restart", "start", "enable", "reload")))` +
			` | {parent: (.ParentImage | base), name: (.Image | base), ParentCommandLine, CommandLine, ProcessId, ParentProcessId, Computer, User, UtcTime}]` +
			` | group_by(del(.UtcTime))[] | .[0] + {n: length, first: (map(.UtcTime) | min), last: (map(.UtcTime) | max)}`
	case "process":
		lines = "rg --no-config -N -F -e " + word(d.ID) + " -- " + word(d.Flat)
		program = fmt.Sprintf(`inputs | select(.ProcessGuid == "%s")`, d.ID)
	default:
		return nil
	}
	return []string{"sh", "-c", lines + " | jq -n -c " + word(program)}
}

// word quotes a text for a shell.
func word(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }
