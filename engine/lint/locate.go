package lint

import (
	"regexp"
	"strings"

	"spoor/grammar/source"
)

// written is where a text stands in the rule's file, from where the rule begins; where it begins if the text is nowhere.
func (s *subject) written(text string) source.Span {
	body := s.rule.At.Text.Body
	if i := strings.Index(body[s.rule.At.Start:], text); i >= 0 && text != "" {
		from := int(s.rule.At.Start) + i
		return s.rule.At.Text.Span(from, from+len(text))
	}
	return s.rule.At
}

// word is where a name stands in the query as it was expanded, as a whole word; the beginning of the query if it is nowhere.
func (s *subject) word(name string) source.Span {
	text := s.program.Expanded
	whole := regexp.MustCompile(`(^|[^\w.])` + regexp.QuoteMeta(name) + `($|[^\w.])`)
	if at := whole.FindStringIndex(text.Body); at != nil {
		from := at[0] + strings.Index(text.Body[at[0]:at[1]], name)
		return text.Span(from, from+len(name))
	}
	return text.Span(0, 1)
}
