package engine

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"spoor/datamodels"
	"spoor/engine/rules"
	"spoor/engine/timerange"
)

// eqlWriter writes conditions in EQL.
type eqlWriter struct{ fields *datamodels.Library }

// exception is the condition of what an exception withholds: all of its entries hold.
func (w eqlWriter) exception(e rules.Exception) (string, error) { return w.all(e.Entries, "") }

func (w eqlWriter) all(entries []rules.Entry, prefix string) (string, error) {
	var parts []string
	for _, e := range entries {
		text, err := w.entry(e, prefix)
		if err != nil {
			return "", err
		}
		if e.Excluded {
			text = "not " + text
		}
		parts = append(parts, text)
	}
	if parts == nil {
		return "", fmt.Errorf("which has no entries")
	}
	return joined(parts, "and"), nil
}

// joined is several conditions as one.
func joined(parts []string, by string) string {
	if len(parts) == 1 {
		return parts[0]
	}
	return "(" + strings.Join(parts, " "+by+" ") + ")"
}

func (w eqlWriter) entry(e rules.Entry, prefix string) (string, error) {
	name := prefix + e.Field
	switch {
	case e.Type == "nested":
		return w.all(e.Entries, name+".")
	case e.Type == "list":
		return "", fmt.Errorf("which needs the list of values %s: exports do not hold it", strings.Join(e.Values, ", "))
	case e.Type == "exists":
		return w.exists(name), nil
	case len(e.Values) == 0 || e.Type == "match" && len(e.Values) > 1:
		return "", fmt.Errorf("of which an entry for %s has %d values", e.Field, len(e.Values))
	case e.Type == "match" || e.Type == "match_any":
		return w.equal(name, e.Values), nil
	case e.Type == "wildcard":
		return w.like(name, e.Values), nil
	}
	return "", fmt.Errorf("which has an entry of type %q", e.Type)
}

func (w eqlWriter) exists(name string) string {
	field, _ := w.field(name)
	return "(" + field + " != null)"
}

// equal is the condition that a field has one of the values; of an address they may be networks.
func (w eqlWriter) equal(name string, list []string) string {
	field, folded := w.field(name)
	kind := w.kind(name)
	literals := make([]string, len(list))
	network := false
	for i, v := range list {
		_, err := netip.ParsePrefix(v)
		network = network || err == nil && kind == "ip"
		literals[i] = literal(kind, v)
	}
	switch {
	case network:
		return "cidrMatch(" + field + ", " + strings.Join(literals, ", ") + ")"
	case folded:
		return "(" + field + " in~ (" + strings.Join(literals, ", ") + "))"
	case len(list) == 1:
		return "(" + field + " == " + literals[0] + ")"
	}
	return "(" + field + " in (" + strings.Join(literals, ", ") + "))"
}

// like is the condition that a field has a value like one of the patterns.
func (w eqlWriter) like(name string, patterns []string) string {
	field, folded := w.field(name)
	operator := " like "
	if folded {
		operator = " like~ "
	}
	texts := make([]string, len(patterns))
	for i, p := range patterns {
		texts[i] = quoted(p)
	}
	return "(" + field + operator + "(" + strings.Join(texts, ", ") + "))"
}

// field is a field as EQL writes it, and whether the case of its values does not matter: of .caseless, the same field in another index.
func (w eqlWriter) field(name string) (text string, folded bool) {
	name, folded = strings.CutSuffix(name, ".caseless")
	var parts []string
	for part := range strings.SplitSeq(name, ".") {
		if strings.ContainsFunc(part, func(r rune) bool {
			return r != '_' && r != '@' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
		}) || part == "" {
			return "`" + strings.ReplaceAll(name, "`", "``") + "`", folded
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, "."), folded
}

// kind is the type of a field in the Elastic Common Schema; empty if it is none of its.
func (w eqlWriter) kind(name string) string {
	d, unknown := w.fields.Lookup(datamodels.Events)
	if unknown != nil {
		return ""
	}
	if f := d.Field(strings.TrimSuffix(name, ".caseless")); f != nil {
		return f.Type
	}
	return ""
}

// literal is a value as fields of a type are compared with it.
func literal(kind, value string) string {
	switch kind {
	case "long", "double":
		if _, err := strconv.ParseFloat(value, 64); err == nil {
			return value
		}
	case "boolean":
		if value == "true" || value == "false" {
			return value
		}
	}
	return quoted(value)
}

// quoted is a text as EQL writes it.
func quoted(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`).Replace(text) + `"`
}

// expired says whether an exception holds no longer.
func expired(at string, now time.Time) bool {
	if at == "" {
		return false
	}
	end, err := timerange.Parse(at, now, time.UTC)
	return err == nil && !end.After(now)
}
