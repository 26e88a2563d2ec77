package engine_test

import (
	"encoding/binary"
	"maps"
	"math"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"spoor/engine"
	"spoor/engine/places"
	"spoor/grammar/source"
	"spoor/macros"
)

// entry is what a database of the test says of a network.
type entry struct {
	network string
	about   map[string]any
}

// names is a name in some languages.
func names(english, german string) map[string]any {
	return map[string]any{"en": english, "de": german}
}

var entries = []entry{
	{"192.0.2.0/24", map[string]any{
		"city": map[string]any{"names": names("Munich", "München")}, "continent": map[string]any{"code": "EU", "names": names("Europe", "Europa")},
		"country":      map[string]any{"iso_code": "DE", "names": names("Germany", "Deutschland")},
		"subdivisions": []any{map[string]any{"iso_code": "BY", "names": map[string]any{"en": "Bavaria"}}},
		"location":     map[string]any{"latitude": 48.137, "longitude": -11.5, "metro_code": uint16(819), "time_zone": "Europe/Berlin"},
	}},
	{"198.51.100.7/32", map[string]any{"country": map[string]any{"iso_code": "FR", "names": map[string]any{"en": "France"}}}},
}

func TestPlaces(t *testing.T) {
	database, err := places.Open(writeDatabase(t, entries))
	if err != nil {
		t.Fatal(err)
	}
	addresses := `| makeresults format=csv data="ip
192.0.2.77
::ffff:198.51.100.7
198.51.100.8
no address" | `
	for query, want := range map[string]string{
		"iplocation ip": `{"ip":"192.0.2.77","City":"Munich","Country":"Germany","Region":"Bavaria","lat":48.137,"lon":-11.5}
{"ip":"::ffff:198.51.100.7","Country":"France"}
{"ip":"198.51.100.8"}
{"ip":"no address"}
`,
		"iplocation prefix=at_ allfields=true lang=de ip | head 1 | fields - at_l*": `{"ip":"192.0.2.77","at_City":"München","at_Country":"Deutschland","at_Region":"Bavaria","at_Continent":"Europa","at_MetroCode":819,"at_Timezone":"Europe/Berlin"}
`,
		"iplocation allfields=t lang=code ip | head 2 | table City Country Region Continent": `{"City":"Munich","Country":"DE","Region":"BY","Continent":"EU"}
{"Country":"FR"}
`,
	} {
		got := askEverywhere(t, source.New("query", addresses+query), engine.Options{Macros: macros.Builtin(), Places: database}, nil, 2)
		diff(t, query, got.rows+got.errors+got.warnings, want)
	}
}

func TestNoDatabase(t *testing.T) {
	file := filepath.Join(t.TempDir(), "places.mmdb")
	if err := os.WriteFile(file, []byte("ip,city\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := places.Open(file); err == nil {
		t.Error("text is no database")
	}
	cut := writeDatabase(t, entries)
	body, err := os.ReadFile(cut)
	if err != nil {
		t.Fatal(err)
	}
	for n := 0; n < len(body); n += 7 { // what is damaged is an error, or knows nothing: it never crashes
		if err := os.WriteFile(file, append(slices.Clone(body[:n]), body[min(n+5, len(body)):]...), 0o600); err != nil {
			t.Fatal(err)
		}
		if d, err := places.Open(file); err == nil {
			for _, field := range places.Fields(true) {
				d.Find("192.0.2.77", field, "en")
			}
		}
	}
}

// writeDatabase writes a file as MaxMind's documentation of its format describes it, for addresses of version 4.
func writeDatabase(t *testing.T, entries []entry) string {
	t.Helper()
	type node [2]int // 0: nothing; positive: a node; negative: the place of data, plus one
	nodes := []node{{}}
	var data []byte
	for _, e := range entries {
		p := netip.MustParsePrefix(e.network)
		address, at := binary.BigEndian.Uint32(p.Addr().AsSlice()), 0
		for bit := range p.Bits() {
			side := int(address >> (31 - bit) & 1)
			if bit == p.Bits()-1 {
				nodes[at][side] = -len(data) - 1
				break
			}
			if nodes[at][side] == 0 {
				nodes = append(nodes, node{})
				nodes[at][side] = len(nodes) - 1
			}
			at = nodes[at][side]
		}
		data = encode(data, e.about)
	}
	var out []byte
	for _, n := range nodes {
		for _, to := range n {
			switch {
			case to == 0:
				to = len(nodes)
			case to < 0:
				to = len(nodes) + 16 - to - 1
			}
			out = append(out, byte(to>>16), byte(to>>8), byte(to))
		}
	}
	out = append(append(append(out, make([]byte, 16)...), data...), "\xab\xcd\xefMaxMind.com"...)
	out = encode(out, map[string]any{
		"node_count": uint32(len(nodes)), "record_size": uint16(24), "ip_version": uint16(4), "database_type": "Test", "languages": []any{"en"},
		"binary_format_major_version": uint16(2), "binary_format_minor_version": uint16(0), "build_epoch": uint32(1), "description": map[string]any{},
	})
	file := filepath.Join(t.TempDir(), "places.mmdb")
	if err := os.WriteFile(file, out, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// encode adds a value as the format writes it: a byte for its type and size, and its bytes.
func encode(to []byte, v any) []byte {
	head := func(kind, size int) {
		first := kind << 5
		if kind > 7 {
			first = 0
		}
		if size < 29 {
			to = append(to, byte(first|size))
		} else {
			to = append(to, byte(first|29))
		}
		if kind > 7 {
			to = append(to, byte(kind-7))
		}
		if size >= 29 {
			to = append(to, byte(size-29))
		}
	}
	switch v := v.(type) {
	case string:
		head(2, len(v))
		return append(to, v...)
	case float64:
		head(3, 8)
		return binary.BigEndian.AppendUint64(to, math.Float64bits(v))
	case uint16:
		head(5, 2)
		return binary.BigEndian.AppendUint16(to, v)
	case uint32:
		head(6, 4)
		return binary.BigEndian.AppendUint32(to, v)
	case map[string]any:
		head(7, len(v))
		for _, key := range slices.Sorted(maps.Keys(v)) {
			to = encode(encode(to, key), v[key])
		}
		return to
	case []any:
		head(11, len(v))
		for _, item := range v {
			to = encode(to, item)
		}
		return to
	}
	panic("the format has no such type")
}
