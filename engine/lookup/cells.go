package lookup

import "spoor/engine/column"

// Cells is a column of a table. If its texts come again and again it has a dictionary of them, else the texts are the table's. An empty
// cell is null. Nobody changes it once the table is read, and several workers may use it at once.
type Cells struct {
	rows       []uint32           // codes of the dictionary, or places of texts; 0: empty
	dictionary *column.Dictionary // nil: there is none
	texts      *texts
}

// fewTexts is how many texts a column may have to keep its dictionary even if none comes twice, and to be given with it: what is computed
// from a column is computed for every entry of its dictionary.
const fewTexts = 1 << 14

func newCells(t *texts) *Cells { return &Cells{dictionary: column.NewDictionary(), texts: t} }

// add appends a cell; ok is false if there is no room for it.
func (c *Cells) add(s []byte) (ok bool) {
	at := uint32(0)
	switch {
	case len(s) == 0:
	case c.dictionary != nil:
		at = c.dictionary.Intern(s)
		if c.dictionary.Len() > fewTexts && 4*c.dictionary.Len() > len(c.rows) {
			c.rows = append(c.rows, at)
			return c.unfold()
		}
	default:
		if at, ok = c.texts.add(s); !ok {
			return false
		}
	}
	c.rows = append(c.rows, at)
	return true
}

// unfold gives the dictionary up.
func (c *Cells) unfold() (ok bool) {
	places := make([]uint32, c.dictionary.Len())
	for code := 1; code < len(places); code++ {
		if places[code], ok = c.texts.add([]byte(c.dictionary.Value(uint32(code)).Text())); !ok {
			return false
		}
	}
	for row, code := range c.rows {
		c.rows[row] = places[code]
	}
	c.dictionary = nil
	return true
}

// Text is the text of a cell, "" if it is empty.
func (c *Cells) Text(row uint32) string {
	if c.dictionary != nil {
		return c.dictionary.Value(c.rows[row]).Text()
	}
	return c.texts.at(c.rows[row])
}

// Spell is Text of rows as Pick takes them.
func (c *Cells) Spell(firsts []uint32, to []string) {
	if c.dictionary != nil {
		for i, f := range firsts {
			if f != 0 {
				to[i] = c.Text(f - 1)
			}
		}
		return
	}
	var places [256]uint32
	for from := 0; from < len(firsts); from += len(places) {
		some := firsts[from:min(from+len(places), len(firsts))]
		for i, f := range some { // before the texts, so that memory is asked for many of them at once
			if places[i] = 0; f != 0 {
				places[i] = c.rows[f-1]
			}
		}
		for i := range some {
			to[from+i] = c.texts.at(places[i])
		}
	}
}

// Lacks says whether a cell is empty.
func (c *Cells) Lacks(row uint32) bool { return c.rows[row] == 0 }

// Value is a cell.
func (c *Cells) Value(row uint32) column.Value {
	if c.rows[row] == 0 {
		return column.Value{}
	}
	return column.Str(c.Text(row))
}

// Slice is the cells of rows from up to, not including, to.
func (c *Cells) Slice(from, to int) column.Vector {
	if c.dictionary != nil {
		return &column.Dict{Codes: c.rows[from:to], Dictionary: c.dictionary}
	}
	return c.vector(c.rows[from:to])
}

// Pick is the cells of the rows that Matcher.Firsts gives: each is one more than the row, and 0 is none.
func (c *Cells) Pick(firsts []uint32) column.Vector {
	picked := make([]uint32, len(firsts))
	for i, f := range firsts {
		if f != 0 {
			picked[i] = c.rows[f-1]
		}
	}
	if c.dictionary != nil && c.dictionary.Len() <= fewTexts {
		return &column.Dict{Codes: picked, Dictionary: c.dictionary}
	}
	return c.vector(picked)
}

// vector is the texts of codes or places.
func (c *Cells) vector(rows []uint32) column.Vector {
	out, nulls := &column.Strings{Values: make([]string, len(rows))}, 0
	for i, at := range rows {
		switch {
		case at == 0:
			nulls++
		case c.dictionary != nil:
			out.Values[i] = c.dictionary.Value(at).Text()
		default:
			out.Values[i] = c.texts.at(at)
		}
	}
	switch nulls {
	case 0:
		return out
	case len(rows):
		return column.Nulls(len(rows))
	}
	out.Null = make([]bool, len(rows))
	for i, at := range rows {
		out.Null[i] = at == 0
	}
	return out
}

// coded is the cells as codes of a dictionary, which is made if there is none.
func (c *Cells) coded() *column.Dict {
	if c.dictionary != nil {
		return &column.Dict{Codes: c.rows, Dictionary: c.dictionary}
	}
	out := &column.Dict{Codes: make([]uint32, len(c.rows)), Dictionary: column.NewDictionary()}
	for row, place := range c.rows {
		if place != 0 {
			out.Codes[row] = out.Dictionary.Intern([]byte(c.texts.at(place)))
		}
	}
	return out
}

// of is the cells of some rows.
func (c *Cells) of(rows []uint32) *Cells {
	out := &Cells{rows: make([]uint32, len(rows)), dictionary: c.dictionary, texts: c.texts}
	for i, row := range rows {
		out.rows[i] = c.rows[row]
	}
	return out
}
