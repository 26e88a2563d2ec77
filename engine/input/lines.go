package input

// Lines is the lines, counted from 1, at offsets of an input's decoded bytes, which are sorted. Those too far into the input, or of one that cannot
// be read again and has no LineIndex, are 0.
func Lines(in Input, offsets []int64) []int64 {
	out := make([]int64, len(offsets))
	if in.Size < 0 {
		if in.Lines != nil {
			return in.Lines.lines(offsets)
		}
		return out
	}
	file, err := in.open()
	if err != nil {
		return out
	}
	defer file.Close()
	text, err := unwrap(file, nil)
	if err != nil {
		return out
	}
	defer text.Close()
	places := make([]Place, len(offsets))
	for i, offset := range offsets {
		places[i].Offset = offset
	}
	countLines(text, places)
	for i, p := range places {
		out[i] = p.Line
	}
	return out
}
