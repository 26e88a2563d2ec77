//go:build !amd64 || purego

package bitmap

func findTags(text []byte, letter byte, size int, to Bitmap) { findTagsWords(text, letter, size, to) }
