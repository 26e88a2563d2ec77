package column

// Lacking marks the rows that have no value, and says whether there are any.
func Lacking(v Vector, mark []bool) (any bool) {
	switch v := v.(type) {
	case *Strings:
		return marked(v.Null, mark)
	case *Ints:
		return marked(v.Null, mark)
	case *Floats:
		return marked(v.Null, mark)
	case *Bools:
		return marked(v.Null, mark)
	case *Times:
		return marked(v.Null, mark)
	case *Packed:
		return marked(v.Null, mark)
	case *Dict:
		for i, code := range v.Codes {
			if v.Dictionary.null(code) {
				mark[i], any = true, true
			}
		}
		return any
	}
	for i := range v.Len() {
		if v.IsNull(i) {
			mark[i], any = true, true
		}
	}
	return any
}

func marked(null, mark []bool) (any bool) {
	for i, lacks := range null {
		if lacks {
			mark[i], any = true, true
		}
	}
	return any
}
