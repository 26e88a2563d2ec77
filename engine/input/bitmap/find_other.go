//go:build !amd64 || purego

package bitmap

func vectors() bool { return false }

func find(text []byte, what, other byte, to Bitmap) (holds bool) {
	return findWords(text, what, other, to)
}
