package input

import "io"

// Text is the text of an input from its beginning, decompressed if need be.
func (in Input) Text() (io.ReadCloser, error) {
	from := in.Stream
	if from != nil {
		return unwrap(from, nil)
	}
	file, err := in.open()
	if err != nil {
		return nil, err
	}
	text, err := unwrap(file, nil)
	if err != nil {
		file.Close()
		return nil, err
	}
	return both{text, file}, nil
}

// both is text that is read through a file.
type both struct {
	io.ReadCloser
	file io.Closer
}

func (b both) Close() error {
	b.ReadCloser.Close()
	return b.file.Close()
}

// Wrapped says by its first bytes whether a file is compressed, or something else that is not read as it stands.
func Wrapped(head []byte) bool { return recognise(head) != nil }
