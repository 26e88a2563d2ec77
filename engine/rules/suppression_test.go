package rules

import (
	"reflect"
	"testing"
)

// Every way in which a rule says which of its alerts are folded into one.
func TestSuppression(t *testing.T) {
	const (
		search    = "[A]\nsearch = x\n"
		detection = "name: A\nid: a\nsearch: x\ntype: TTP\n"
		own       = "title: A\nlanguage: spl\nquery: x\n"
		elastic   = "[rule]\nrule_id = 'x'\nname = 'N'\ntype = 'eql'\nquery = 'any where true'\n"
		threshold = "[rule]\nrule_id = 'x'\nname = 'N'\ntype = 'threshold'\nlanguage = 'kuery'\nquery = 'x'\n"
	)
	for name, c := range map[string]struct {
		file, text string
		want       *Suppression
	}{
		"savedsearches without":       {"savedsearches.conf", search, nil},
		"savedsearches off":           {"savedsearches.conf", search + "alert.suppress = 0\nalert.suppress.period = 1h\n", nil},
		"savedsearches as a whole":    {"savedsearches.conf", search + "alert.suppress = 1\nalert.suppress.period = 60\n", &Suppression{Period: "60"}},
		"savedsearches by fields":     {"savedsearches.conf", search + "alert.suppress = true\nalert.suppress.period = 24h\nalert.suppress.fields = user,dest , host\n", &Suppression{By: []string{"user", "dest", "host"}, Period: "24h"}},
		"savedsearches quoted fields": {"savedsearches.conf", search + "alert.suppress = 1\nalert.suppress.fields = \"user name\",\"dest\", \"open\n", &Suppression{By: []string{"user name", "dest", `"open`}}},
		"savedsearches of a group":    {"savedsearches.conf", search + "alert.suppress = 1\nalert.suppress.period = 5m\nalert.suppress.group_name = ssh rules\n", &Suppression{Period: "5m", Group: "ssh rules"}},
		"security_content":            {"a.yml", detection + "tags:\n  throttling:\n    fields: [user, dest]\n    period: 3600s\n", &Suppression{By: []string{"user", "dest"}, Period: "3600s"}},
		"one execution":               {"a.toml", elastic + "[rule.alert_suppression]\ngroup_by = ['host.id', 'user.id']\nmissing_fields_strategy = 'doNotSuppress'\n", &Suppression{By: []string{"host.id", "user.id"}, Missing: "doNotSuppress"}},
		"a period":                    {"a.toml", elastic + "[rule.alert_suppression]\ngroup_by = ['host.id']\nduration = {value = 5, unit = 'm'}\n", &Suppression{By: []string{"host.id"}, Period: "5m"}},
		"a threshold":                 {"a.toml", threshold + "[rule.threshold]\nfield = ['host.id', 'source.ip']\nvalue = 5\n[rule.alert_suppression]\nduration = {value = 2, unit = 'h'}\n", &Suppression{By: []string{"host.id", "source.ip"}, Period: "2h"}},
		"a threshold of everything":   {"a.toml", threshold + "[rule.threshold]\nfield = []\nvalue = 5\n[rule.alert_suppression]\nduration = {value = 2, unit = 'h'}\n", &Suppression{Period: "2h"}},
		"our own":                     {"a.yml", own + "suppress: {by: [user, dest], period: 2h, missing: doNotSuppress, group: g}\n", &Suppression{By: []string{"user", "dest"}, Period: "2h", Missing: "doNotSuppress", Group: "g"}},
		"our own, by one field":       {"a.yml", own + "suppress: {by: user}\n", &Suppression{By: []string{"user"}}},
		"an export":                   {"a.ndjson", `{"rule_id":"x","name":"N","type":"eql","query":"any where true","alert_suppression":{"group_by":["host.id"],"duration":{"value":1,"unit":"h"}}}` + "\n", &Suppression{By: []string{"host.id"}, Period: "1h"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := one(t, c.file, c.text).Suppression
			if got != nil && len(got.By) == 0 {
				got.By = nil
			}
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}
