package generate

import (
	"context"
	"io"
	"testing"
)

func BenchmarkWrite(b *testing.B) {
	for _, form := range Forms() {
		b.Run(form, func(b *testing.B) {
			c := Config{Form: form, Events: 100_000, Hosts: 40, Attacks: 1}
			truth, err := Write(context.Background(), io.Discard, c)
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(truth.Bytes)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Write(context.Background(), io.Discard, c); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
