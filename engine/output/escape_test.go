package output

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestEscape(t *testing.T) {
	for in, want := range map[string]string{
		"":                       "",
		"plain text":             "plain text",
		"größe 日本 é":             "größe 日本 é",
		"\x1b[2J":                `\x1b[2J`,
		"a\u202eb":               `a\u202eb`,
		"\u200b\u200d\ufeff\xad": `\u200b\u200d\ufeff\xad`,
		"a\tb\nc\r":              `a\tb\nc\r`,
		"\x00\x7f\u0085":         `\x00\x7f\u0085`,
		"\u00a0\u2028\ufe0f":     `\u00a0\u2028\ufe0f`,
		"\xff\xc3":               `\xff\xc3`,
		"\U000e0041":             `\U000e0041`,
		`C:\new`:                 `C:\new`,
	} {
		if got := Escape(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func FuzzEscape(f *testing.F) {
	for _, s := range []string{"plain", "\x1b]0;title\x07", "\u202e\u2066", "日本\xff", "\t\n\\x1b", "\U000e0041\ufe0f"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Escape(s)
		if !utf8.ValidString(got) {
			t.Fatalf("%q: invalid UTF-8 %q", s, got)
		}
		for _, r := range got {
			if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Bidi_Control) {
				t.Fatalf("%q: %U in %q", s, r, got)
			}
		}
		if again := Escape(got); again != got {
			t.Fatalf("%q: escaping twice gives %q", got, again)
		}
	})
}

// FuzzJSON holds our strings against encoding/json: it must read back what was written, with U+FFFD for each broken byte.
func FuzzJSON(f *testing.F) {
	for _, s := range []string{"plain", `"\`, "\x1b\u202e\x7f", "日本\xff\xc3(", "\U0001f600\U000e0041", "\uFFFD"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		line := appendString(nil, s)
		var got string
		if err := json.Unmarshal(line, &got); err != nil {
			t.Fatalf("%q: %v in %q", s, err, line)
		}
		if want := string([]rune(s)); got != want {
			t.Fatalf("%q: got %q, want %q", s, got, want)
		}
		if strings.ContainsFunc(string(line), func(r rune) bool { return !visible(r) }) {
			t.Fatalf("%q: hidden characters in %q", s, line)
		}
	})
}

// TestPlain holds that a text of any length is told from one with any byte in any place that JSON does not hold as it is.
func TestPlain(t *testing.T) {
	for n := range 26 {
		text := []byte(strings.Repeat("~ az!#[]", 4)[:n])
		if !plain(string(text)) {
			t.Errorf("%q is not plain", text)
		}
		for i, old := range text {
			for b := range 256 {
				text[i] = byte(b)
				if want := b >= ' ' && b < 0x7f && b != '"' && b != '\\'; plain(string(text)) != want {
					t.Errorf("%q: want %t", text, want)
				}
			}
			text[i] = old
		}
	}
}
