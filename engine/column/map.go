package column

// Lists says what a function makes of a multivalue argument.
type Lists uint8

const (
	Each  Lists = iota // the function is applied to each value: the result is a multivalue
	Any                // a predicate: true if it holds for any value
	Whole              // the function wants the multivalue itself: its kernel gets Multis vectors

	// Where several arguments are multivalues, Each and Any go through the last of them only. These go through all combinations of
	// their values, a million at most per row; what lies beyond is not tried.
	EachCombination // the function is applied to each combination
	AnyCombination  // a predicate: true if it holds for any combination
)

// Kernel computes a column from columns. Its arguments are Const or Flat (and Multis under Whole), each of the given number of rows.
// It must not keep its arguments. It returns a vector of the given number of rows.
type Kernel func(rows int, args []Vector) Vector

// Lift applies one kernel to vectors of any encoding, and remembers its results for each dictionary entry beside the dictionary.
// It belongs to one worker and one bound call.
type Lift struct {
	Kernel   Kernel
	Lists    Lists
	Volatile bool // the result depends on more than the arguments: evaluate every row
}

// Apply is the kernel's result for the arguments.
func (l *Lift) Apply(rows int, args []Vector) Vector {
	if l.Volatile {
		return l.flat(rows, args)
	}
	dict, only := l.shape(args)
	switch {
	case dict == nil && only:
		one := make([]Vector, len(args))
		for i, a := range args {
			one[i] = &Const{a.(*Const).V, 1}
		}
		return &Const{l.flat(1, one).Value(0), rows}
	case dict != nil && only:
		return l.overDictionary(dict, args)
	}
	return l.flat(rows, args)
}

// shape finds the one dictionary vector among the arguments. only is true if all other arguments are constants or that same vector.
func (l *Lift) shape(args []Vector) (dict *Dict, only bool) {
	for _, a := range args {
		switch a := a.(type) {
		case *Const:
		case *Dict:
			if dict != nil && !(dict.Dictionary == a.Dictionary && len(a.Codes) > 0 && &dict.Codes[0] == &a.Codes[0]) {
				return nil, false
			}
			dict = a
		default:
			return nil, false
		}
	}
	return dict, true
}

func (l *Lift) overDictionary(dict *Dict, args []Vector) Vector {
	var consts []Value
	for _, a := range args {
		if c, ok := a.(*Const); ok {
			consts = append(consts, c.V)
		}
	}
	derived := dict.Dictionary.resultsOf(l, consts)
	if dict.Few(derived) {
		return l.flat(dict.Len(), args)
	}
	dict.Dictionary.Derive(derived, func(entries Vector) Vector {
		with := make([]Vector, len(args))
		for i, a := range args {
			if c, ok := a.(*Const); ok {
				with[i] = &Const{c.V, entries.Len()}
			} else {
				with[i] = entries
			}
		}
		return l.flat(entries.Len(), with)
	})
	return &Dict{dict.Codes, derived}
}

func same(a, b Value) bool {
	return a.kind == b.kind && a.bits == b.bits && a.str == b.str && a.items == b.items
}

// flat calls the kernel on vectors without dictionaries.
func (l *Lift) flat(rows int, args []Vector) Vector {
	list := false
	flat := make([]Vector, len(args))
	for i, a := range args {
		flat[i] = Flatten(a)
		if _, ok := flat[i].(*Multis); ok {
			list = true
		}
	}
	switch {
	case !list || l.Lists == Whole:
		return l.Kernel(rows, flat)
	case l.Lists == EachCombination || l.Lists == AnyCombination:
		c := newCombiner(l, rows, flat)
		return c.result()
	}
	return l.overItems(rows, flat)
}

// Flatten is the vector without a dictionary: a Const, Flat or Multis of the same rows.
func Flatten(v Vector) Vector {
	switch v := v.(type) {
	case *Dict:
		if texts := v.texts(); texts != nil {
			return texts
		}
		return FromValues(ToValues(v))
	case *Const:
		if v.V.kind == List {
			values := make([]Value, v.N)
			for i := range values {
				values[i] = v.V
			}
			return FromValues(values)
		}
	}
	return v
}

// texts is the column without its dictionary, if it holds texts and nothing else but nulls; nil if it does not.
func (d *Dict) texts() Vector {
	if d.Dictionary.texts == nil && len(d.Dictionary.values) == 0 {
		return nil
	}
	out, found := &Strings{Values: make([]string, len(d.Codes))}, false
	for i, c := range d.Codes {
		switch v := d.Dictionary.Value(c); v.kind {
		case String:
			out.Values[i], found = v.str, true
		case Null:
			if out.Null == nil {
				out.Null = make([]bool, len(d.Codes))
			}
			out.Null[i] = true
		default:
			return nil
		}
	}
	if !found {
		return nil
	}
	return out
}

// overItems applies the kernel to each value of a row's multivalue argument: of several, to those of the last, and the others count as
// missing. Which argument that is depends on the row alone, not on what other rows hold.
func (l *Lift) overItems(rows int, args []Vector) Vector {
	over := make([]int, rows) // by row, the argument whose values are gone through, or -1
	var owner []uint32
	for r := range rows {
		over[r] = -1
		n := uint32(1)
		for i, a := range args {
			if m, ok := a.(*Multis); ok && m.count(r) > 1 {
				over[r], n = i, m.count(r)
			}
		}
		for range n {
			owner = append(owner, uint32(r))
		}
	}
	with := make([]Vector, len(args))
	for i, a := range args {
		if m, ok := a.(*Multis); ok {
			with[i] = m.spread(owner, over, i)
		} else {
			with[i] = a.Pick(owner)
		}
	}
	result := ToValues(l.Kernel(len(owner), with))
	out := make([]Value, rows)
	for i := 0; i < len(owner); {
		j := i
		for j < len(owner) && owner[j] == owner[i] {
			j++
		}
		if l.Lists == Any {
			out[owner[i]] = anyTrue(result[i:j])
		} else {
			out[owner[i]] = Multi(result[i:j])
		}
		i = j
	}
	return FromValues(out)
}

func (m *Multis) count(row int) uint32 { return m.Offsets[row+1] - m.Offsets[row] }

// spread is the column with as many rows as a row of it owns: its values one by one where over says arg, its value where it has just one.
func (m *Multis) spread(owner []uint32, over []int, arg int) Vector {
	out := make([]Value, len(owner))
	first := 0 // of the rows that the same row owns
	for i, r := range owner {
		if owner[first] != r {
			first = i
		}
		switch at := m.Offsets[r]; {
		case over[r] == arg:
			out[i] = m.Items[at+uint32(i-first)]
		case m.count(int(r)) == 1:
			out[i] = m.Items[at]
		}
	}
	return FromValues(out)
}

// anyTrue is true if one of the values is, else null if one of them is, else false.
func anyTrue(values []Value) Value {
	result := Boolean(false)
	for _, v := range values {
		if v.True() {
			return v
		}
		if v.IsNull() {
			result = v
		}
	}
	return result
}
