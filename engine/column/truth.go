package column

// Truth is a truth value of three-valued logic.
type Truth uint8

// The truth values. Whatever is no Bool is Unknown.
const (
	False Truth = iota
	True
	Unknown
)

func truthOf(v Value) Truth {
	switch {
	case v.kind != Bool:
		return Unknown
	case v.bits == 1:
		return True
	}
	return False
}

// value is the Bool with the truth value, or null.
func (t Truth) value() Value {
	if t == Unknown {
		return Value{}
	}
	return Boolean(t == True)
}

// Truths is the truth value of each row.
func Truths(v Vector) []Truth {
	out := make([]Truth, v.Len())
	switch v := v.(type) {
	case *Const:
		if t := truthOf(v.V); t != False {
			for i := range out {
				out[i] = t
			}
		}
	case *Bools:
		for i, b := range v.Values {
			switch {
			case v.IsNull(i):
				out[i] = Unknown
			case b:
				out[i] = True
			}
		}
	case *Dict:
		v.truths(out)
	default:
		for i := range out {
			out[i] = truthOf(v.Value(i))
		}
	}
	return out
}

func (d *Dict) truths(out []Truth) {
	if len(d.Dictionary.truths) == 0 { // interned strings: no truth values
		for i := range out {
			out[i] = Unknown
		}
		return
	}
	for i, c := range d.Codes {
		out[i] = d.Dictionary.truths[c]
	}
}

// FromTruths is the column of Bools with the truth values; Unknown is null.
func FromTruths(truths []Truth) Vector {
	out := &Bools{Values: make([]bool, len(truths))}
	for i, t := range truths {
		switch t {
		case True:
			out.Values[i] = true
		case Unknown:
			if out.Null == nil {
				out.Null = make([]bool, len(truths))
			}
			out.Null[i] = true
		}
	}
	return out
}
