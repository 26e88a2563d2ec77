package finding

import "strings"

// message is the rule's message with its tokens filled, or a sentence of our own for a rule that has none.
func (f *Finding) message() (text string, unfilled []string) {
	if f.Rule.Risk.Message == "" {
		return f.reason(), nil
	}
	return Fill(f.Rule.Risk.Message, func(name string) ([]string, bool) { return values(f.Rows, name) })
}

// Fill puts the values of fields in the place of a message's tokens: $field$, or $result.field$. Several values stand one after another,
// with commas. A field that is there but empty in this row gives nothing. A token stays as it is if there is no such field, or if it
// does not end: what Splunk shows then, too. The names of tokens without a field are returned.
func Fill(message string, field func(name string) (values []string, known bool)) (text string, unfilled []string) {
	var b strings.Builder
	var left distinct[string]
	for {
		before, rest, opened := strings.Cut(message, "$")
		b.WriteString(before)
		if !opened {
			return b.String(), left.list
		}
		name, after, closed := strings.Cut(rest, "$")
		found, known := []string(nil), false
		if closed {
			if found, known = field(name); !known {
				found, known = field(strings.TrimPrefix(name, "result."))
			}
		}
		switch {
		case known:
			b.WriteString(strings.Join(found, ", "))
			message = after
		case closed && token(name):
			b.WriteString("$" + name + "$")
			message = after
			left.add(name)
		default:
			b.WriteByte('$') // of a price, or of a token that does not end
			message = rest
		}
	}
}

// Tokens is the names of all fields that a message asks for.
func Tokens(message string) []string {
	_, names := Fill(message, func(string) ([]string, bool) { return nil, false })
	return names
}

// token says whether a name between dollars is meant as a field.
func token(name string) bool {
	if name == "" || name[0] >= '0' && name[0] <= '9' {
		return false
	}
	return !strings.ContainsFunc(name, func(r rune) bool {
		return !(r == '_' || r == '.' || r == '-' || r == '{' || r == '}' || r == ':' ||
			r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0x80)
	})
}

// reason is what Kibana says of an alert: process event with process nc, parent process systemd, by root on web1 created high alert ....
func (f *Finding) reason() string {
	shared := f.Rows
	if f.Sequence() {
		shared = []Row{Shared(f.Rows)}
	}
	one := func(names ...string) string {
		for _, name := range names {
			if found, _ := values(shared, name); len(found) > 0 && found[0] != "" {
				return strings.Join(found, ", ")
			}
		}
		return ""
	}
	address := func(side string) string {
		host, port := one(side+".ip", side+".address"), one(side+".port")
		if host != "" && port != "" {
			return host + ":" + port
		}
		return host
	}
	text := strings.TrimSpace(one("event.category") + " event")
	with := []string{}
	for _, piece := range [][2]string{
		{"process ", one("process.name", "process_name")},
		{"parent process ", one("process.parent.name", "parent_process_name")},
		{"file ", one("file.name", "file_name")},
		{"source ", address("source")},
		{"destination ", address("destination")},
	} {
		if piece[1] != "" {
			with = append(with, piece[0]+piece[1])
		}
	}
	if len(with) > 0 {
		text += " with " + strings.Join(with, ", ") + ","
	}
	if len(f.Entities.Users) > 0 {
		text += " by " + strings.Join(f.Entities.Users, ", ")
	}
	if len(f.Entities.Hosts) > 0 {
		text += " on " + strings.Join(f.Entities.Hosts, ", ")
	}
	return text + " created " + strings.TrimSpace(f.Severity+" alert ") + " " + f.Name + "."
}
