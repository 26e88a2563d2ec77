package main

import "fmt"

func helpExitCodes(p *sheet) error {
	for _, e := range exits {
		fmt.Fprintf(p, "%5d  %s\n", e.code, e.doc)
	}
	p.WriteString("\nIf several apply, the first of these wins:")
	for _, e := range precedence {
		fmt.Fprintf(p, " %d", e)
	}
	p.WriteString(".\n")
	return nil
}
