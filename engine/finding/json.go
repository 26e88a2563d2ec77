package finding

import "spoor/engine/output"

// ndjson writes an object per line.
func (s *sink) ndjson(findings Stream) error {
	return each(findings, func(f *Finding) error {
		if err := s.line(s.document(f)); err != nil {
			return err
		}
		return s.Flush()
	})
}

// json writes the same objects between the brackets of an array.
func (s *sink) json(findings Stream) error {
	err := each(findings, func(f *Finding) error {
		text, err := output.JSON(s.document(f))
		if err != nil {
			return err
		}
		lead := ",\n"
		if s.summary.Written == 0 {
			lead = "[\n"
		}
		s.summary.Written++
		_, _ = s.WriteString(lead) // the writer remembers its error
		_, err = s.Write(text)
		return err
	})
	if err != nil {
		return err
	}
	end := "\n]\n"
	if s.summary.Written == 0 {
		end = "[]\n"
	}
	_, err = s.WriteString(end)
	return err
}
