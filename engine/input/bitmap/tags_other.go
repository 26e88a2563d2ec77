//go:build !amd64 || purego

package bitmap

func findTags(text []byte, letter byte, to Bitmap) { findTagsWords(text, letter, to) }
