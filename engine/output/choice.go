package output

import (
	"fmt"
	"slices"
	"strings"

	"spoor/grammar/source"
)

// Info describes a format for the help.
type Info struct {
	Name       string
	Doc        string
	Extensions []string // of files that are written in this format unless another is asked for
}

// Choice is the formats of something, in the order of the help.
type Choice []Info

// ForFile is the format that a file's name asks for, or "".
func (c Choice) ForFile(name string) string {
	name = strings.ToLower(name)
	for _, f := range c {
		if slices.ContainsFunc(f.Extensions, func(ext string) bool { return strings.HasSuffix(name, ext) }) {
			return f.Name
		}
	}
	return ""
}

// Find is where in the choice a format stands, or an error that names those that there are. The formats are what the error calls them, such as
// "the formats".
func (c Choice) Find(name, formats string) (int, error) {
	names := make([]string, len(c))
	for i, f := range c {
		if f.Name == name {
			return i, nil
		}
		names[i] = f.Name
	}
	err := fmt.Errorf("unknown output format `%s`; %s are %s", Escape(name), formats, strings.Join(names, ", "))
	if hint := source.Suggest(name, names); hint != "" {
		err = fmt.Errorf("%w; %s", err, hint)
	}
	return 0, err
}
