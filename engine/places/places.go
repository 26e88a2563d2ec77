// Package places says where addresses are, out of a database in MaxMind's format.
package places

import (
	"net/netip"
	"strings"

	"github.com/oschwald/maxminddb-golang/v2"

	"spoor/engine/column"
)

// Database is a file that knows where addresses are. Several workers may use it at once.
type Database struct{ reader *maxminddb.Reader }

// Open opens a file, which stays open: it is read where it is asked.
func Open(path string) (*Database, error) {
	r, err := maxminddb.Open(path)
	if err != nil {
		return nil, err
	}
	return &Database{r}, nil
}

// Code is the language that stands for codes of two letters instead of names.
const Code = "code"

// part is what a field of an address is in the database.
type part struct {
	name  string
	path  []any  // of the value or, if it is named, of what has the names
	named bool   // it has names in several languages
	code  string // the key of its code beside the names; empty: it has none
	extra bool   // it is given only if all are wanted
}

var parts = []part{
	{name: "City", path: []any{"city"}, named: true},
	{name: "Country", path: []any{"country"}, named: true, code: "iso_code"},
	{name: "Region", path: []any{"subdivisions", 0}, named: true, code: "iso_code"},
	{name: "lat", path: []any{"location", "latitude"}},
	{name: "lon", path: []any{"location", "longitude"}},
	{name: "Continent", path: []any{"continent"}, named: true, code: "code", extra: true},
	{name: "MetroCode", path: []any{"location", "metro_code"}, extra: true},
	{name: "Timezone", path: []any{"location", "time_zone"}, extra: true},
}

// Fields is the names of what can be said of an address; all adds those that are not wanted as a rule.
func Fields(all bool) []string {
	var out []string
	for _, p := range parts {
		if all || !p.extra {
			out = append(out, p.name)
		}
	}
	return out
}

// Find is what the database says of an address under one of the names of Fields, in a language if it has names in it and in English
// otherwise; null if it says nothing.
func (d *Database) Find(address, field, lang string) column.Value {
	ip, err := netip.ParseAddr(strings.TrimSpace(address))
	if err != nil {
		return column.Value{}
	}
	found := d.reader.Lookup(ip.Unmap().WithZone(""))
	for _, p := range parts {
		if p.name == field {
			return p.of(found, lang)
		}
	}
	return column.Value{}
}

func (p part) of(found maxminddb.Result, lang string) column.Value {
	if !p.named {
		return at(found, p.path...)
	}
	path := p.path[:len(p.path):len(p.path)]
	if lang == Code && p.code != "" {
		return at(found, append(path, p.code)...)
	}
	if v := at(found, append(path, "names", lang)...); !v.IsNull() {
		return v
	}
	return at(found, append(path, "names", "en")...)
}

// at is the text or number at a path; null if there is none, or the file is damaged there.
func at(found maxminddb.Result, path ...any) column.Value {
	var v any
	if err := found.DecodePath(&v, path...); err != nil {
		return column.Value{}
	}
	switch v := v.(type) {
	case string:
		return column.Str(v)
	case float64:
		return column.Real(v)
	case uint64:
		return column.Integer(int64(v))
	}
	return column.Value{}
}
