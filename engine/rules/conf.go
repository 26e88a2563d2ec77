package rules

import (
	"maps"
	"path/filepath"
	"strconv"
	"strings"

	"spoor/grammar/source"
)

// stanza is a stanza of savedsearches.conf: where it begins, and its settings.
type stanza struct {
	name     string
	at       source.Span
	settings map[string]source.Span
	document *document
}

// stanzas reads a savedsearches.conf. A stanza that is there twice is one.
func (d *document) stanzas() []*stanza {
	var out []*stanza
	known := map[string]*stanza{}
	var open *stanza
	for line := range source.ConfLines(d.file) {
		body := line.String()
		switch {
		case body == "" || body[0] == '#':
		case body[0] == '[':
			name := strings.TrimSpace(strings.TrimSuffix(body[1:], "]"))
			if open = known[name]; open == nil {
				open = &stanza{name: name, at: line, settings: map[string]source.Span{}, document: d}
				known[name], out = open, append(out, open)
			}
		case open != nil:
			name, value, _ := strings.Cut(body, "=")
			open.settings[strings.TrimSpace(name)] = line.Sub(len(body)-len(value), len(body))
		}
	}
	return out
}

// apps is the savedsearches.conf of Splunk apps, by the folder in which an app has its default and local. A file that is in neither is an app
// of its own.
type apps struct {
	names []string
	files map[string][]*file
}

func (a *apps) add(f *file) {
	if f.stanzas == nil {
		return
	}
	name := f.path
	if folder := filepath.Dir(f.path); filepath.Base(folder) == "default" || filepath.Base(folder) == "local" {
		name = filepath.Dir(folder)
	}
	if a.files == nil {
		a.files = map[string][]*file{}
	}
	if a.files[name] == nil {
		a.names = append(a.names, name)
	}
	a.files[name] = append(a.files[name], f) // default is before local: files come by their paths
}

// rules is the searches of all apps.
func (a *apps) rules() []*Rule {
	var out []*Rule
	for _, name := range a.names {
		out = append(out, searches(a.files[name])...)
	}
	return out
}

// searches is those of an app. Each setting is that of the last file that has it, or else of the stanza [default].
func searches(files []*file) []*Rule {
	all := map[string]*stanza{}
	var names []string
	for _, f := range files {
		for _, s := range f.stanzas {
			known := all[s.name]
			if known == nil {
				known = &stanza{name: s.name, settings: map[string]source.Span{}}
				all[s.name], names = known, append(names, s.name)
			}
			if _, has := s.settings["search"]; has || known.document == nil {
				known.at, known.document = s.at, s.document
			}
			maps.Copy(known.settings, s.settings)
		}
	}
	var out []*Rule
	for _, name := range names {
		s := all[name]
		if name != "default" && s.get("search") != "" {
			s.inherit(all["default"])
			r := s.rule()
			s.document.sign(r)
			out = append(out, r)
		}
	}
	return out
}

// inherit takes from the stanza [default], which may be missing, what s does not say itself.
func (s *stanza) inherit(common *stanza) {
	if common == nil {
		return
	}
	for key, value := range common.settings {
		if _, own := s.settings[key]; !own {
			s.settings[key] = value
		}
	}
}

func (s *stanza) get(name string) string { return strings.TrimSpace(s.settings[name].String()) }

func (s *stanza) flag(name string, missing bool) bool {
	if is, ok := truth(s.get(name)); ok {
		return is
	}
	return missing
}

func (s *stanza) rule() *Rule {
	r := &Rule{
		Name: s.name, Description: s.get("description"), Format: SavedSearch, Language: SPL, Query: s.settings["search"], At: s.at,
		Enabled:  s.flag("enableSched", false) && !s.flag("disabled", false),
		Schedule: Schedule{Cron: s.get("cron_schedule"), Earliest: s.get("dispatch.earliest_time"), Latest: s.get("dispatch.latest_time"), Window: s.get("schedule_window")},
		Setup:    s.get("action.escu.how_to_implement"), FalsePositives: some(s.get("action.escu.known_false_positives")),
		Domain: s.get("action.notable.param.security_domain"),
		Trigger: Trigger{
			Count: s.get("counttype"), Relation: s.get("relation"), Quantity: s.get("quantity"), Condition: s.get("alert_condition"), PerRow: !s.flag("alert.digest_mode", true),
		},
	}
	if s.flag("alert.suppress", false) {
		r.Suppression = &Suppression{By: commas(s.get("alert.suppress.fields")), Period: s.get("alert.suppress.period"), Group: s.get("alert.suppress.group_name")}
	}
	s.annotations(r)
	s.risk(r)
	for _, f := range s.json("action.notable.param.drilldown_searches") {
		r.Drilldowns = append(r.Drilldowns, Drilldown{f.text("name"), f.text("search"), f.text("earliest_offset"), f.text("latest_offset")})
	}
	r.Risk.Notable = s.flag("action.notable", false)
	return r
}

// some is a list of a text, unless that is empty.
func some(text string) []string {
	if text == "" {
		return nil
	}
	return []string{text}
}

// commas is a list of names with commas or blanks between them; a name with blanks stands in quotes.
func commas(s string) (out []string) {
	for s = strings.TrimLeft(s, ", "); s != ""; s = strings.TrimLeft(s, ", ") {
		name, rest, closed := "", "", false
		if s[0] == '"' {
			name, rest, closed = strings.Cut(s[1:], `"`)
		}
		if !closed {
			end := strings.IndexAny(s+",", ", ")
			name, rest = s[:end], s[end:]
		}
		if name != "" {
			out = append(out, name)
		}
		s = rest
	}
	return out
}

// json is the tables that a setting holds.
func (s *stanza) json(name string) []*reader {
	if s.get(name) == "" {
		return nil
	}
	inner := &document{file: source.New(name, s.get(name))}
	var out []*reader
	for _, v := range inner.jsonValues() {
		all := []*value{v}
		if v.kind == list {
			all = v.list
		}
		for _, v := range all {
			if v.kind == table {
				out = append(out, inner.reader(v, name+"."))
			}
		}
	}
	if inner.problems.Failed() {
		s.document.problem(s.settings[name], "rule-value", "%s of %q is no JSON", name, s.name)
		return nil
	}
	return out
}

// annotations reads what contentctl writes of a detection into its stanza.
func (s *stanza) annotations(r *Rule) {
	for _, f := range s.json("action.correlationsearch.annotations") {
		r.Stories, r.Type = f.texts("analytic_story"), f.text("type")
		r.CVEs = f.texts("cve")
		r.Risk.Impact, r.Risk.Confidence = f.integer("impact"), f.integer("confidence")
		if ids := f.texts("mitre_attack"); len(ids) > 0 {
			r.Threats = []Threat{{Techniques: namedIDs(ids)}}
		}
		for _, name := range f.texts("data_source") {
			r.DataSources = append(r.DataSources, DataSource{Name: name})
		}
	}
	for _, f := range s.json("action.correlationsearch.metadata") {
		r.ID, r.Version = f.text("detection_id"), f.text("detection_version")
		if f.flag("deprecated", false) {
			r.Status = "deprecated"
		}
	}
}

// risk reads the risk objects, and the severity: that of the notable event, of the risk score, or of the alert.
func (s *stanza) risk(r *Rule) {
	r.Risk.Creates, r.Risk.Message = s.flag("action.risk", false), s.get("action.risk.param._risk_message")
	for _, f := range s.json("action.risk.param._risk") {
		if field := f.text("threat_object_field"); field != "" {
			r.Risk.Threats = append(r.Risk.Threats, ThreatObject{field, f.text("threat_object_type")})
			continue
		}
		score, _ := f.number("risk_score")
		r.Risk.Objects = append(r.Risk.Objects, RiskObject{f.text("risk_object_field"), f.text("risk_object_type"), score})
		r.RiskScore = max(r.RiskScore, score)
	}
	if field := s.get("action.risk.param._risk_object"); field != "" && r.Risk.Objects == nil {
		r.RiskScore, _ = strconv.ParseFloat(s.get("action.risk.param._risk_score"), 64)
		r.Risk.Objects = []RiskObject{{field, s.get("action.risk.param._risk_object_type"), r.RiskScore}}
	}
	switch level := s.get("alert.severity"); {
	case s.get("action.notable.param.severity") != "":
		r.Severity = s.get("action.notable.param.severity")
	case r.Risk.Objects != nil:
		r.Severity = band(r.RiskScore)
	case level != "":
		r.Severity = map[string]string{"1": "informational", "2": "informational", "3": "low", "4": "medium", "5": "high", "6": "critical"}[level]
	}
}
