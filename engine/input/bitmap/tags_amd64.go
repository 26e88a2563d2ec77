//go:build !purego

package bitmap

// findTags sets the bits of the first bytes of text, 64 to a number. The text goes on for the length of a name and one byte more.
func findTags(text []byte, letter byte, size int, to Bitmap) {
	switch {
	case !vectors():
		findTagsWords(text, letter, size, to)
	case len(to) > 0:
		tagsVector(&text[0], len(to), &to[0], letter, 1+size)
	}
}

// tagsVector does so for at least one number, with AVX2. Names end so many bytes behind the places of their tags.
//
//go:noescape
func tagsVector(text *byte, numbers int, to *uint64, letter byte, end int)
