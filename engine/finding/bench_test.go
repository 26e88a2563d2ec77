package finding

import (
	"io"
	"testing"
)

func BenchmarkFinding(b *testing.B) {
	f := tunnelFinding()
	b.ReportAllocs()
	for b.Loop() {
		New(f.Rule, f.Rows, f.Evidence, nil)
	}
}

func BenchmarkWrite(b *testing.B) {
	f := tunnelFinding()
	for _, info := range Formats() {
		b.Run(info.Name, func(b *testing.B) {
			b.ReportAllocs()
			many := func(yield func(*Finding, error) bool) {
				for b.Loop() && yield(f, nil) {
				}
			}
			if _, err := Write(io.Discard, many, Options{Format: info.Name}); err != nil {
				b.Fatal(err)
			}
		})
	}
}
