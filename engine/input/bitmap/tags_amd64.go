//go:build !purego

package bitmap

// findTags sets the bits of the < and / before the letter, and clears the others. The last byte of the text has no bit.
func findTags(text []byte, letter byte, to Bitmap) {
	if len(text) <= each || !vectors() {
		findTagsWords(text, letter, to)
		return
	}
	tagsVector(&text[0], len(text)-1, &to[0], letter)
}

// tagsVector does so for at least 64 places, with AVX2. The text has one byte more.
//
//go:noescape
func tagsVector(text *byte, places int, to *uint64, letter byte)
