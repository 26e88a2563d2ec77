package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// directives is what may stand behind % in the name of a file, as strftime has it.
const directives = "Y m d H M S s z j F %"

// dated is whether a name has a directive: in one that has none, % is a letter like others.
func dated(name string) bool {
	_, rest, found := strings.Cut(name, "%")
	for ; found; _, rest, found = strings.Cut(rest, "%") {
		if rest != "" && rest[0] != ' ' && strings.IndexByte(directives, rest[0]) >= 0 {
			return true
		}
	}
	return false
}

// nameAt is the name of a file with a time in place of its directives.
func nameAt(name string, at time.Time) (string, error) {
	if !dated(name) {
		return name, nil
	}
	var b strings.Builder
	for i := 0; i < len(name); i++ {
		if name[i] != '%' {
			b.WriteByte(name[i])
			continue
		}
		i++
		text, ok := directive(name[i:], at)
		if !ok {
			return "", usage("--to: %q has a %% that stands for nothing", name).hint("%s; a %% itself is %%%%", "behind it comes one of "+directives)
		}
		b.WriteString(text)
	}
	return b.String(), nil
}

// directive is the text that stands for the directive with which a text begins.
func directive(text string, at time.Time) (string, bool) {
	if text == "" {
		return "", false
	}
	switch text[0] {
	case '%':
		return "%", true
	case 's':
		return strconv.FormatInt(at.Unix(), 10), true
	}
	layouts := map[byte]string{'Y': "2006", 'm': "01", 'd': "02", 'H': "15", 'M': "04", 'S': "05", 'z': "-0700", 'j': "002", 'F': "2006-01-02"}
	layout, ok := layouts[text[0]]
	return at.Format(layout), ok
}

// undated is the folder of a file as far as it is the same at all times.
func undated(name string) string {
	folder := filepath.Dir(name)
	for dated(folder) {
		folder = filepath.Dir(folder)
	}
	return folder
}

// aim gives the file of --to its name at a time. Folders that the time names are made; those before them must be there.
func (o *writing) aim(at time.Time) error {
	given := o.to
	name, err := nameAt(given, at)
	if err != nil {
		return err
	}
	o.to, o.aimed = name, true
	if folder := filepath.Dir(name); dated(filepath.Dir(given)) && exists(undated(given)) {
		return os.MkdirAll(folder, 0o777)
	}
	return nil
}
