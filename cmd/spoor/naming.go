package main

import (
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"spoor/engine/input"
)

// naming is the flags that say what events are called that do not say it themselves.
type naming struct {
	given []string
	host  string
}

func (n *naming) flags(f *pflag.FlagSet) {
	f.StringArrayVar(&n.given, "sourcetype", nil, "sourcetype of all events, or as `[FAMILY=]NAME` of one of "+strings.Join(input.Families(), ", ")+"; may be repeated")
	f.StringVar(&n.host, "host", "", "`HOST` of events that name none (in searches of raw events: unknown)")
}

// sourcetypes is the names by family; the empty one stands for all others.
func (n *naming) sourcetypes() (map[string]string, error) {
	out := map[string]string{}
	for _, s := range n.given {
		family, name, ok := strings.Cut(s, "=")
		if !ok {
			family, name = "", s
		}
		if name == "" {
			return nil, usage("--sourcetype needs a name, as in --sourcetype auditd=linux:audit")
		}
		if family != "" && !slices.Contains(input.Families(), family) {
			return nil, usage("--sourcetype: there is no family %q of events", family).hint("families are %s", strings.Join(input.Families(), ", "))
		}
		out[family] = name
	}
	return out, nil
}
