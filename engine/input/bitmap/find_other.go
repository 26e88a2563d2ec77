//go:build !amd64 || purego

package bitmap

func find(text []byte, what, other byte, to Bitmap) (holds bool) {
	return findWords(text, what, other, to)
}
