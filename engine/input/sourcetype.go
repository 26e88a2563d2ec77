package input

import (
	"path/filepath"
	"slices"
	"strings"

	"spoor/engine/input/format"
)

// family is what Splunk would call events of some kinds.
type family struct{ name, source, sourcetype string }

// families are by the name before the slash of a kind. An empty source is the file's path; an empty sourcetype is what the decoder finds.
var families = []family{
	{"sysmon", "Syslog:Linux-Sysmon/Operational", "sysmon:linux"},
	{"ecs", "elastic_defend", "elastic:endpoint"},
	{"auditd", "", "linux:audit"},
	{"osquery", "", "osquery:results"},
	{"json", "", "_json"},
	{"text", "", ""},
}

func familyOf(kind string) family {
	name, _, _ := strings.Cut(kind, "/")
	for _, f := range families {
		if f.name == name {
			return f
		}
	}
	return family{name: name}
}

// synonyms are sourcetypes that different add-ons give the same events.
var synonyms = [][]string{
	{"linux:audit", "auditd", "linux_audit", "linux:auditd"},
	{"sysmon:linux", "sysmon_linux"},
	{"osquery:results", "osquery_results"},
	{"_json", "json"},
}

// Families is the names of the families whose sourcetypes Config.Sourcetypes may say.
func Families() []string {
	out := make([]string, len(families))
	for i, f := range families {
		out[i] = f.name
	}
	return out
}

// Sourcetypes is the names under which events of a sourcetype are known, the name itself first.
func Sourcetypes(name string) []string {
	out := []string{name}
	for _, s := range synonyms {
		if slices.ContainsFunc(s, func(other string) bool { return strings.EqualFold(other, name) }) {
			for _, other := range s {
				if !strings.EqualFold(other, name) {
					out = append(out, other)
				}
			}
		}
	}
	return out
}

// KnownSourcetypes is the sourcetypes that events get here unless somebody says otherwise, with their other names.
func KnownSourcetypes() []string {
	out := []string{"text", "linux_secure", "syslog"}
	for _, f := range families {
		if f.sourcetype != "" {
			out = append(out, Sourcetypes(f.sourcetype)...)
		}
	}
	return out
}

// KnownSources is the sources that are no files.
func KnownSources() []string {
	var out []string
	for _, f := range families {
		if f.source != "" {
			out = append(out, f.source)
		}
	}
	return out
}

// unknownHost is the host of an event of a family of which Splunk knows the host by the machine that sent it.
const unknownHost = "unknown"

// host is what the envelope says; an event that is not told apart by fields of its own has one anyway, as in Splunk.
func (b *builder) host(r *format.Record) string {
	switch host := r.Host(); {
	case host != "" || b.sysmon || b.ecs:
		return host
	case b.worker.scan.config.Host != "":
		return b.worker.scan.config.Host
	case b.worker.scan.wanted.Text || b.plain:
		return unknownHost
	}
	return ""
}

// source is what somebody says for all events, what the envelope says, or else what is usual for the kind: where it was read.
func (b *builder) source(r *format.Record, path string) string {
	switch {
	case b.worker.scan.config.Source != "":
		return b.worker.scan.config.Source
	case r.Meta.Source != "":
		return r.Meta.Source
	case b.family.source != "":
		return b.family.source
	case b.worker.scan.wanted.Text || b.plain:
		return path
	}
	return ""
}

// sourcetype is what the user says, the envelope, or else what is usual for the kind and the name of the file.
func (b *builder) sourcetype(r *format.Record, path string) string {
	given := b.worker.scan.config.Sourcetypes
	if s, ok := given[b.family.name]; ok {
		return s
	}
	if s, ok := given[""]; ok {
		return s
	}
	switch {
	case b.family.name == "text" && authFile(path):
		return "linux_secure"
	case r.Meta.Sourcetype != "":
		return r.Meta.Sourcetype
	case b.family.name == "text":
		return "text"
	case b.worker.scan.wanted.Text || b.plain || b.sysmon || b.ecs:
		return b.family.sourcetype
	}
	return ""
}

// authFile knows the files in which Linux keeps who logged in.
func authFile(path string) bool {
	name := filepath.Base(path)
	return strings.HasPrefix(name, "auth.log") || name == "secure" || strings.HasPrefix(name, "secure-") || strings.HasPrefix(name, "secure.")
}
