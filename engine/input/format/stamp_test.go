package format

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
)

// TestReadTimeAgreesWithDates holds that digits beyond what a date has count on, as those of time.Date do.
func TestReadTimeAgreesWithDates(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		year, month, day, hour, minute, second := 1680+r.IntN(570), r.IntN(14), r.IntN(33), r.IntN(26), r.IntN(62), r.IntN(62)
		text := fmt.Sprintf("%04d-%02d-%02dT%02d:%02d:%02d.125Z", year, month, day, hour, minute, second)
		want := time.Date(year, time.Month(month), day, hour, minute, second, 125e6, time.UTC).UnixNano()
		if got, ok := readTime([]byte(text)); !ok || got != want {
			t.Fatalf("%s is %d (%t), want %d", text, got, ok, want)
		}
	}
	for _, text := range []string{"1677-12-31T23:59:59Z", "2262-01-01T00:00:00Z", "0000-00-00T00:00:00Z", "2026-03-01X00:00:00", "2026-03-01T00:00", "2026/03/01T00:00:00Z"} {
		if got, ok := readTime([]byte(text)); ok {
			t.Errorf("%s is %d", text, got)
		}
	}
}

func BenchmarkReadTime(b *testing.B) {
	text := []byte("2026-03-01T00:00:00.092Z")
	for b.Loop() {
		readTime(text)
	}
}
