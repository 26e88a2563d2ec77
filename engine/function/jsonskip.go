package function

// validJSON says whether a text is one JSON value and nothing else.
func validJSON(text string) bool {
	r := jsonReader{s: text}
	ok := r.skip(0)
	r.blanks()
	return ok && r.at == len(text)
}

// follow reads of a text that is JSON just what a path leads to, see document.at. ok is false if the text is no JSON or there is nothing.
func follow(text string, path []step) (found document, ok bool) {
	if !validJSON(text) {
		return document{}, false
	}
	r := jsonReader{s: text}
	for i, s := range path {
		r.blanks()
		switch c := r.s[r.at]; {
		case s.kind == stepName && c == '{':
			ok = r.seekMember(s.name)
		case s.kind == stepIndex && c == '[':
			ok = r.seekElement(s.at)
		case s.kind == stepEach:
			d, _ := r.value(0)
			return d.at(path[i:])
		default:
			ok = false
		}
		if !ok {
			return document{}, false
		}
	}
	return r.value(0)
}

// seekMember goes to the last value of a key in the valid object that begins here.
func (r *jsonReader) seekMember(name string) bool {
	at := -1
	r.at++
	for more := !r.take('}'); more; more = r.take(',') {
		r.blanks()
		key, _ := r.str()
		r.take(':')
		if key == name {
			at = r.at
		}
		r.skip(0)
	}
	r.at = at
	return at >= 0
}

// seekElement goes to an element of the valid array that begins here.
func (r *jsonReader) seekElement(n int) bool {
	r.at++
	for more := !r.take(']'); more; more = r.take(',') {
		if n == 0 {
			return true
		}
		n--
		r.skip(0)
	}
	return false
}

// skip passes over a value; false if it is none.
func (r *jsonReader) skip(depth int) bool {
	r.blanks()
	if r.at == len(r.s) || depth > deepestNesting {
		return false
	}
	switch c := r.s[r.at]; {
	case c == '"':
		return r.skipString()
	case c != '{' && c != '[':
		_, ok := r.value(depth)
		return ok
	case c == '[':
		r.at++
		if r.take(']') {
			return true
		}
		for {
			if !r.skip(depth + 1) {
				return false
			}
			if !r.take(',') {
				return r.take(']')
			}
		}
	}
	r.at++
	if r.take('}') {
		return true
	}
	for {
		r.blanks()
		if r.at == len(r.s) || r.s[r.at] != '"' || !r.skipString() || !r.take(':') || !r.skip(depth+1) {
			return false
		}
		if !r.take(',') {
			return r.take('}')
		}
	}
}

// skipString passes over a string that begins here.
func (r *jsonReader) skipString() bool {
	for i := r.at + 1; i < len(r.s); i++ {
		switch c := r.s[i]; {
		case c == '"':
			r.at = i + 1
			return true
		case c == '\\': // rare: let the reader of escapes judge
			_, ok := r.str()
			return ok
		case c < ' ':
			return false
		}
	}
	return false
}
