package frame

// Documents cuts a stream of JSON values, however they are laid out, into records: the elements of top-level arrays and of the
// arrays hits.hits in search results, and other top-level objects. Text between them is a record per line.
//
// An object that follows a value without a comma, and a line end within a string, mean that something was cut off: what was begun
// ends there as a record, and reading goes on with the next.
type Documents struct {
	Limit int64 // most bytes of one record; one that gets longer is emitted as far as it was read

	found  func(start, end int64)
	at     int64 // offset of the next byte
	start  int64 // where the record began, or -1 if none has
	junk   bool  // the record is text that is no JSON
	depth  int64
	level  int64 // depth at which records begin; -1 while the rest of a search result is skipped
	prev   byte  // the last byte that was not white space; '"' behind a string
	quoted bool
	escape bool
	key    []byte // the last string at depth 1 or 2, as far as it may be "hits"
	outer  bool   // within hits of a search result
	kinds  uint64 // the innermost 64 open brackets, innermost lowest: 1 for {
}

// NewDocuments is a framer at the beginning of a stream. It calls found with the offsets of each record, in their order.
func NewDocuments(found func(start, end int64)) *Documents {
	return &Documents{found: found, start: -1, Limit: Limit}
}

// Begun is where the record that is not finished began; if there is none, the end of what was fed.
func (d *Documents) Begun() int64 {
	if d.start >= 0 {
		return d.start
	}
	return d.at
}

// Hits says whether the stream is now within the hits of a search result.
func (d *Documents) Hits() bool { return d.level == 3 }

// Feed takes the next bytes of the stream.
func (d *Documents) Feed(data []byte) {
	base := d.at
	for i := 0; i < len(data); {
		d.at = base + int64(i)
		switch {
		case d.quoted:
			i += d.inString(data[i:])
		case d.junk:
			i += d.inJunk(data[i:])
		default:
			d.structure(data[i])
			i++
		}
	}
	d.at = base + int64(len(data))
	if d.start >= 0 && d.at-d.start > d.Limit {
		d.reset()
	}
}

// reset ends the record that was begun, which is too long, and looks for the next at the next line.
func (d *Documents) reset() {
	d.emit(d.at)
	d.junk, d.quoted, d.depth, d.prev = true, false, max(d.level, 0), 0
}

// Close ends the stream and says whether its last record was cut off.
func (d *Documents) Close() (cut bool) {
	cut = d.start >= 0 && !d.junk
	d.emit(d.at)
	return cut
}

func (d *Documents) emit(end int64) {
	if d.start >= 0 {
		d.found(d.start, end)
	}
	d.start = -1
}

// inString takes bytes of a string up to its end and returns how many.
func (d *Documents) inString(b []byte) int {
	for i, c := range b {
		switch {
		case c == '\n' || c == '"' && !d.escape:
			d.quoted, d.escape, d.prev = false, false, '"'
			return i + 1
		case d.escape:
			d.escape = false
		case c == '\\':
			d.escape = true
		}
		if d.depth <= 2 && len(d.key) < 5 {
			d.key = append(d.key, c)
		}
	}
	return len(b)
}

// inJunk takes bytes up to the end of a line, or to what ends or begins an element of an array.
func (d *Documents) inJunk(b []byte) int {
	for i, c := range b {
		if c == '\n' || d.level > 0 && (c == ',' || c == ']' || c == '{') {
			d.at += int64(i)
			d.junk = false
			d.emit(d.at)
			return i
		}
	}
	return len(b)
}

func (d *Documents) structure(c byte) {
	switch c {
	case ' ', '\t', '\r', '\n':
		return
	case '"':
		d.quoted, d.key = true, d.key[:0]
		d.begin(true)
	case '{', '[':
		d.opened(c)
	case '}', ']':
		d.closed()
	default:
		if c != ',' || d.level == 0 {
			d.begin(true)
		}
	}
	d.prev = c
}

// begin begins a record if one may begin here.
func (d *Documents) begin(junk bool) {
	if d.start < 0 && d.depth == d.level {
		d.start, d.junk = d.at, junk
		if junk {
			d.quoted = false
		}
	}
}

func (d *Documents) opened(c byte) {
	if d.depth > d.level && d.start >= 0 && c == '{' && d.misplaced() {
		d.emit(d.at)
		d.kinds >>= uint64(d.depth - d.level)
		d.depth, d.outer = d.level, false
	}
	switch {
	case d.start < 0 && d.depth == 0 && d.level == 0 && c == '[':
		d.level = 1
	case d.depth == d.level:
		d.begin(false)
	case d.level == 0 && d.depth == 1:
		d.outer = c == '{' && d.prev == ':' && string(d.key) == "hits"
	case d.level == 0 && d.depth == 2 && d.outer && c == '[' && d.prev == ':' && string(d.key) == "hits":
		d.level, d.start = 3, -1
	}
	d.depth++
	d.kinds <<= 1
	if c == '{' {
		d.kinds |= 1
	}
}

func (d *Documents) closed() {
	if d.depth == 0 {
		d.begin(true)
		return
	}
	d.depth--
	d.kinds >>= 1
	switch {
	case d.depth == d.level:
		d.emit(d.at + 1)
	case d.depth == 0:
		d.level, d.outer = 0, false
	case d.depth < d.level:
		d.level = -1
	}
	if d.depth == 0 {
		d.outer = false
	}
}

// misplaced says whether no object can begin here.
func (d *Documents) misplaced() bool {
	switch d.prev {
	case ':':
		return false
	case ',', '[', '{':
		return d.kinds&1 == 1
	}
	return true
}
