package bench

import (
	"context"
	"os/exec"
	"strings"
)

// Tool is another program that can be asked some of the workloads, over flat JSON.
type Tool struct {
	Name     string
	programs []string   // that must be installed
	versions [][]string // command lines that print what they are
	// asks is the command line for a workload, or nil if the tool cannot do that. Its rows are JSON, with the number that is compared as n.
	asks func(workload string, d *Data) []string
}

// Tools is the tools that spoor is compared with.
func Tools() []Tool {
	return []Tool{
		{"duckdb", []string{"duckdb"}, [][]string{{"duckdb", "--version"}}, duckdb},
		{"ripgrep | jq", []string{"sh", "rg", "jq"}, [][]string{{"rg", "--version"}, {"jq", "--version"}}, ripgrep},
		{"clickhouse", []string{"clickhouse"}, [][]string{{"clickhouse", "local", "--version"}}, clickhouse},
	}
}

// Missing is the programs of the tool that are not installed.
func (t Tool) Missing() (out []string) {
	for _, p := range t.programs {
		if _, err := exec.LookPath(p); err != nil {
			out = append(out, p)
		}
	}
	return out
}

// Version is what the tool's programs say of themselves.
func (t Tool) Version(ctx context.Context) string {
	var all []string
	for _, args := range t.versions {
		text, err := exec.CommandContext(ctx, args[0], args[1:]...).Output()
		first, _, _ := strings.Cut(strings.TrimSpace(string(text)), "\n")
		if err != nil || first == "" {
			first = args[0] + " of an unknown version"
		}
		all = append(all, first)
	}
	return strings.Join(all, ", ")
}
