package finding

import (
	"iter"

	"spoor/engine/output"
)

// ndjson writes an object per line.
func (s *sink) ndjson(findings Stream) error {
	for text, err := range s.objects(findings) {
		if err != nil {
			return err
		}
		s.summary.Written++
		_, _ = s.Write(text) // the writer remembers its error
		if err := s.WriteByte('\n'); err != nil {
			return err
		}
	}
	return nil
}

// json writes the same objects between the brackets of an array.
func (s *sink) json(findings Stream) error {
	for text, err := range s.objects(findings) {
		if err != nil {
			return err
		}
		lead := ",\n"
		if s.summary.Written == 0 {
			lead = "[\n"
		}
		s.summary.Written++
		_, _ = s.WriteString(lead)
		if _, err := s.Write(text); err != nil {
			return err
		}
	}
	end := "\n]\n"
	if s.summary.Written == 0 {
		end = "[]\n"
	}
	_, err := s.WriteString(end)
	return err
}

// objects is the findings as JSON.
func (s *sink) objects(findings Stream) iter.Seq2[[]byte, error] {
	return InOrder(findings, func(f *Finding) ([]byte, error) { return output.JSON(s.document(f)) })
}
