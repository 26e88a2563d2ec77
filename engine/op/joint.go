package op

import "spoor/engine/column"

// joint is a dictionary of the texts of several: of the arguments of a function of which each row takes another one.
type joint struct {
	dict  *column.Dictionary
	codes map[*column.Dictionary][]uint32 // of each of theirs, by code, that in dict; 0 is not known
}

// maxJoint is about how many bytes a joint dictionary may have; a new one is begun then.
const maxJoint = 4 << 20

func newJoint() *joint { return &joint{column.NewDictionary(), map[*column.Dictionary][]uint32{}} }

// portion is some rows of a column.
type portion struct {
	rows []uint32
	of   column.Vector
}

// column puts portions together, if all of them are texts out of dictionaries. It gives nil if they are not.
func (j *joint) column(rows int, portions []portion) column.Vector {
	for _, p := range portions {
		if _, ok := p.of.(*column.Dict); !ok {
			return nil
		}
	}
	if j.dict.Bytes() > maxJoint || len(j.codes) > len(portions)+8 {
		*j = *newJoint()
	}
	out := make([]uint32, rows)
	for _, p := range portions {
		if !j.put(out, p.rows, p.of.(*column.Dict)) {
			return nil
		}
	}
	return &column.Dict{Codes: out, Dictionary: j.dict}
}

// put sets the codes of some rows, unless one of their values is no text.
func (j *joint) put(out, rows []uint32, v *column.Dict) bool {
	from := v.Dictionary
	known := j.codes[from]
	if n := from.Len(); n > len(known) {
		known = append(known, make([]uint32, n-len(known))...)
		j.codes[from] = known
	}
	for i, code := range v.Codes {
		if known[code] == 0 {
			switch x := from.Value(code); x.Kind() {
			case column.Null:
				continue
			case column.String:
				known[code] = j.dict.Intern([]byte(x.String()))
			default:
				return false
			}
		}
		out[rows[i]] = known[code]
	}
	return true
}
