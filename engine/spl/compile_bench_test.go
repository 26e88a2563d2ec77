package spl_test

import (
	"testing"

	"spoor/engine"
	"spoor/grammar/source"
)

// BenchmarkCompile compiles a search of a data model, whose mappings are expressions of their own.
func BenchmarkCompile(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		text := source.New("query", `| tstats count from datamodel=Endpoint.Processes where Processes.process_name=curl by Processes.dest Processes.user Processes.parent_process_name`)
		if _, errs := engine.Compile(text, engine.Options{}); errs.Failed() {
			b.Fatal(errs)
		}
	}
}
