package sarif

import "testing"

// Logs write parts of messages: they must not become links, nor places to fill.
func TestMessage(t *testing.T) {
	for in, want := range map[string]string{
		"plain [$dest$] \\x":      "plain [$dest$] \\x",
		"{0} and }":               "{{0}} and }}",
		"see [here](http://evil)": `see \[here\](http://evil)`,
		`\[here](http://evil)`:    `\\\[here\](http://evil)`,
	} {
		if got := Message(in).Text; got != want {
			t.Errorf("%s: %s", in, got)
		}
	}
}

func TestURI(t *testing.T) {
	for in, want := range map[string]string{
		"logs/a.log":  "logs/a.log",
		"/var/log/a%": "file:///var/log/a%25",
		"a:b.log":     "./a:b.log",
		"a#b?c":       "a%23b%3Fc",
	} {
		if got := uri(in); got != want {
			t.Errorf("%s: %s", in, got)
		}
	}
}
