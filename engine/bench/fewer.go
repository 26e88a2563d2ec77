package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
)

// fewer is how many of the rules of --rules are measured besides all of them, which tells how the time grows.
func fewer(n int) Workload {
	name, doc := fmt.Sprintf("rules%d", n), fmt.Sprintf("%d of the rules of --rules, in one pass", n)
	return Workload{Name: name, Doc: doc, args: func(d *Data) []string {
		if len(d.names) <= n {
			return nil
		}
		args := pack(d, d.Rules)
		for i := range n {
			args = append(args, "--include", "name="+d.names[i*len(d.names)/n])
		}
		return args
	}}
}

// list has spoor name the rules, but for those whose language it does not read.
func (b *Bench) list(ctx context.Context, d *Data) error {
	m, err := b.run(ctx, []string{b.Spoor.Name, "rules", "list", "-o", "ndjson", "--include", "language=SPL", "--include", "language=EQL", d.Rules})
	if err != nil {
		return err
	}
	if m.failed != "" {
		return fmt.Errorf("the rules in %s cannot be listed: %s", d.Rules, m.failed)
	}
	f, err := os.Open(b.answerFile())
	if err != nil {
		return err
	}
	defer f.Close()
	for rows := json.NewDecoder(f); ; {
		var row struct{ Rule string }
		if err := rows.Decode(&row); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("the list of the rules in %s: %w", d.Rules, err)
		}
		d.names = append(d.names, row.Rule)
	}
}
