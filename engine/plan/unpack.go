package plan

// Unpack sets columns to what a text in each row holds, under the names that stand there: the rows say which columns there are.
type Unpack struct {
	In    Node
	Field string
	From  Packing
	// Pairs says how Pairs are written.
	Pairs PairForm
	// Keep leaves a column alone that has a value; Add adds to its values. Otherwise it is overwritten.
	Keep, Add bool
	Last      bool   // of several values the last one counts, otherwise they are a multivalue
	Prefix    string // of the columns' names
	Most      int    // bytes of a text that are read; 0: all
	Limit     Bound  // what is said of longer ones
}

// Packing is how a text holds values.
type Packing uint8

// The packings: every value of JSON or XML by its path, the members of a JSON object, elements of XML wherever they stand, and name=value.
const (
	Paths Packing = iota
	Members
	Tags
	Pairs
)

var packings = [...]string{Paths: "paths", Members: "members", Tags: "tags", Pairs: "pairs"}

// PairForm is how pairs of names and values are written. Empty: name=value, between blanks, commas and semicolons.
type PairForm struct {
	Between, Within string // characters of which each separates pairs, and a name from its value
	Dirty           bool   // names stay as they are written
	Limit, Length   int    // pairs and characters that count; 0: all
}

// Inputs is where the rows come from.
func (n *Unpack) Inputs() []Node { return []Node{n.In} }

// With is the node over another input.
func (n *Unpack) With(in ...Node) Node { c := *n; c.In = in[0]; return &c }

func (n *Unpack) String() string { return "Unpack " + packings[n.From] + " of " + fieldName(n.Field) }
