package engine_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"spoor/engine"
	"spoor/grammar/source"
)

// TestDictionariesComeAndGo asks about a field whose dictionary outgrows its bounds several times, and one that turns from few values to
// nothing but new ones and back: what was remembered of an old dictionary must not be taken for the new one's.
func TestDictionariesComeAndGo(t *testing.T) {
	const events, long = 12000, 6 << 10
	var b strings.Builder
	longs, word, fresh, even := 0, 0, 0, 0
	for i := range events {
		image := fmt.Sprint("/bin/", i/3%4000)
		if i%7 == 0 {
			image += "/restart"
		}
		user := "root"
		if i > 3000 && i < 9000 {
			user = fmt.Sprint("user", i)
		}
		if i%7 == 0 {
			word++
		}
		if strings.HasSuffix(user, "7") {
			fresh++
		}
		if i/3%2 == 0 {
			even++
		}
		if i/3%4000 < 2000 {
			longs++
			image = strings.Repeat("x", long) + image
		}
		fmt.Fprintf(&b, `{"EventID":"%d","UtcTime":"2024-05-06 10:00:00.000","ProcessId":"%d","Image":"%s","User":"%s"}`+"\n", 1+4*(i%2), i/3%2, image, user)
	}
	file := filepath.Join(t.TempDir(), "events.json")
	if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	query := fmt.Sprintf(`* | eval tail=substr(Image, -8), long=if(len(Image)>%d, 1, 0), even=if(ProcessId=0, 1, 0) | stats count, sum(long) as longs, sum(even) as even, `+
		`dc(Image) as images, count(eval(tail="/restart")) as word, count(eval(like(User, "%%7"))) as fresh`, long)
	want := fmt.Sprintf(`{"count":%d,"longs":%d,"even":%d,"images":%d,"word":%d,"fresh":%d}`+"\n", events, longs, even, distinctImages(b.String()), word, fresh)
	for _, at := range []point{allOff, allOn, {workers: 1, batchRows: 7, blockSize: 512 << 10}, {workers: 3, rewrites: true, batchRows: 300, blockSize: 100 << 10}} {
		got := ask(t, source.New("query", query), engine.Options{}, []string{file}, at)
		diff(t, at.String(), got.rows+got.errors, want)
	}
}

func distinctImages(log string) int {
	seen := map[string]bool{}
	for line := range strings.Lines(log) {
		_, rest, _ := strings.Cut(line, `"Image":"`)
		image, _, _ := strings.Cut(rest, `"`)
		seen[image] = true
	}
	return len(seen)
}
