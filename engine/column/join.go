package column

// Join is the rows of batches of one schema as one batch, which holds no more memory than they need: texts that come again and again are held once.
func Join(batches []*Batch) *Batch {
	if len(batches) == 1 {
		return batches[0]
	}
	out := &Batch{Schema: batches[0].Schema, Cols: make([]Vector, len(batches[0].Cols))}
	for _, b := range batches {
		out.Rows += b.Rows
	}
	for i := range out.Cols {
		parts := make([]Vector, len(batches))
		for j, b := range batches {
			parts[j] = b.Cols[i]
		}
		out.Cols[i] = join(parts, out.Rows)
	}
	return out.PackTexts()
}

func join(parts []Vector, rows int) Vector {
	texts, alike := 0, 0
	first, _ := parts[0].(*Const)
	for _, p := range parts {
		switch p := p.(type) {
		case *Strings, *Packed, *Dict:
			texts++
		case *Const:
			if first != nil && Equal(p.V, first.V) {
				alike++
			}
			if p.V.IsNull() || p.V.Kind() == String {
				texts++
			}
		}
	}
	switch {
	case alike == len(parts):
		return &Const{first.V, rows}
	case texts == len(parts):
		return joinTexts(parts, rows)
	}
	return Concat(parts)
}

// joinTexts numbers the texts, unless hardly one comes twice.
func joinTexts(parts []Vector, rows int) Vector {
	out := &Dict{Codes: make([]uint32, 0, rows)}
	known := map[string]uint32{}
	null := -1
	var entries []Value
	for _, p := range parts {
		for i := range p.Len() {
			v := p.Value(i)
			if v.Kind() != String && !v.IsNull() || len(known) > rows/2 {
				return Concat(parts)
			}
			if v.IsNull() {
				if null < 0 {
					null, entries = len(entries), append(entries, v)
				}
				out.Codes = append(out.Codes, uint32(null))
				continue
			}
			code, ok := known[v.Text()]
			if !ok {
				v, code = v.Clone(), uint32(len(entries))
				known[v.Text()], entries = code, append(entries, v)
			}
			out.Codes = append(out.Codes, code)
		}
	}
	out.Dictionary = DictionaryOf(entries)
	return out
}
