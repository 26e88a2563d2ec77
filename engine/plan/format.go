package plan

import "strings"

// Format makes one row of all: a search expression that is true of rows with the same values, in the column search.
type Format struct {
	In Node
	// Before and After enclose all of it, RowBefore and RowAfter a row, Between stands between the fields of a row and Or between rows.
	Before, RowBefore, Between, RowAfter, Or, After string
	Values                                          string        // between the values of a multivalue
	Empty                                           string        // what no rows become
	Max                                             int           // rows that count; 0: all
	Fields                                          []FormatField // nil: all, by name, but for those that begin with _
	Quoted                                          bool          // fields are written as eval wants them
}

// FormatField is a field that Format writes.
type FormatField struct {
	Name, As string
	Bare     bool // the value alone
}

func (n *Format) Inputs() []Node { return []Node{n.In} }

func (n *Format) With(in ...Node) Node { c := *n; c.In = in[0]; return &c }

func (n *Format) String() string {
	s := "Format"
	for i, f := range n.Fields {
		if i > 0 {
			s += ","
		}
		s += " " + fieldName(f.Name)
	}
	return s
}

// Row is the text of a row with these fields, which are in the order of n.Fields if there are any. Without values it is empty.
func (n *Format) Row(fields []FormatField, values [][]string) string {
	var parts []string
	for i, f := range fields {
		if len(values[i]) == 0 {
			continue
		}
		one := make([]string, len(values[i]))
		for k, v := range values[i] {
			one[k] = n.cell(f, v)
		}
		text := strings.Join(one, " "+n.Values+" ")
		if len(one) > 1 {
			text = "(" + text + ")"
		}
		parts = append(parts, text)
	}
	if parts == nil {
		return ""
	}
	return strings.Join(parts, spaced(n.Between))
}

func spaced(word string) string {
	if word == "" {
		return " "
	}
	return " " + word + " "
}

// cell is one comparison. A field of the name search or query holds text that is an expression already.
func (n *Format) cell(f FormatField, value string) string {
	if f.Bare || n.Fields == nil && (f.Name == "search" || f.Name == "query") {
		return value
	}
	name := f.As
	if n.Quoted {
		name = fieldName(name)
	} else if strings.ContainsAny(name, " |,()[]=\"") {
		name = `"` + escaper.Replace(name) + `"`
	}
	return name + `="` + escaper.Replace(value) + `"`
}

var escaper = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

// All is the text of the rows.
func (n *Format) All(rows []string) string {
	if len(rows) == 0 {
		return n.Empty
	}
	for i, row := range rows {
		rows[i] = join(n.RowBefore, row, n.RowAfter)
		if n.Fields != nil {
			rows[i] = n.RowBefore + row + n.RowAfter
		}
	}
	return join(n.Before, strings.Join(rows, spaced(n.Or)), n.After)
}

// join puts words beside each other that are not empty.
func join(before, text, after string) string {
	if before != "" {
		text = before + " " + text
	}
	if after != "" {
		text += " " + after
	}
	return text
}
