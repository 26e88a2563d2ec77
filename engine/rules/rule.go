// Package rules reads detection rules as they are published: security_content's YAML, Elastic's TOML, exports of Kibana, savedsearches.conf,
// and spoor's own short YAML. All become one shape, Rule. Nothing is compiled here.
package rules

import "spoor/grammar/source"

// Format is how a rule was written down.
type Format string

// The formats.
const (
	SecurityContent Format = "security_content"
	Elastic         Format = "elastic"
	Kibana          Format = "kibana"
	SavedSearch     Format = "savedsearches"
	Own             Format = "spoor"
)

// Language is what a query is written in, as messages name it.
type Language string

// The languages that run. A rule in another one has that one's name, such as KQL or ES|QL.
const (
	SPL Language = "SPL"
	EQL Language = "EQL"
)

// Rule is one detection with all that was published with it. What its format does not know is empty.
type Rule struct {
	ID          string // empty for a saved search, which goes by its name
	Name        string
	Description string
	Version     string // as written
	Status      string // production, experimental, deprecated, ...: the maturity, as published
	Type        string // Anomaly, TTP, Hunting, Correlation, Baseline; eql, query, threshold, new_terms, ...
	Format      Format
	Language    Language
	Query       source.Span // its text, where it stands; zero for a rule that has none
	At          source.Span // where the rule begins
	File        string      // as its path was given
	SHA256      string      // of the whole file, in hexadecimal
	Enabled     bool

	Schedule   Schedule
	Severity   string  // informational, low, medium, high or critical
	RiskScore  float64 // of an alert, or the highest of the risk objects
	Risk       Risk
	Threats    []Threat // what is said of ATT&CK
	MaxSignals int      // the most alerts of one execution; 0: any number

	Tags         []string
	Stories      []string
	DataSources  []DataSource
	Index        []string // patterns of indices
	Integrations []string
	Domain       string // security_domain
	Asset        string // asset_type
	CVEs         []string
	Products     []string
	Required     []string // the fields that the publisher says are needed
	Atomics      []string // atomic_guid: tests of Atomic Red Team

	Authors        []string
	License        string
	Setup          string // how_to_implement, setup
	Note           string // the guide to triage
	FalsePositives []string
	References     []string
	Created        string
	Updated        string
	MinStack       string // min_stack_version

	EQL           EQLOptions
	BuildingBlock bool         // its alerts are only material for other rules
	NameField     string       // rule_name_override: the field that holds what an alert is called
	Suppression   *Suppression // nil: none
	Trigger       Trigger
	SeverityBy    []Mapping // severities that depend on a field
	RiskScoreBy   []Mapping
	Exceptions    []Exception // what is not to be alerted
	Filters       []string    // Kibana's filters, as JSON
	Highlighted   []string    // investigation_fields
	Tests         []Test
	ManualTest    string // why it has no automatic test
	Drilldowns    []Drilldown

	path string // of the file, from the root
}

// Schedule is when a rule runs and over which time. All of it is as written; Assumed names what the rule itself does not say.
type Schedule struct {
	Cron     string // five fields; empty if it runs every Interval
	Interval string // such as 5m
	Earliest string // -70m@m, now-9m
	Latest   string // -10m@m, now
	Window   string // schedule_window: auto, or minutes
	Assumed  []string
}

// Risk is what a finding adds to the risk of those whom it concerns.
type Risk struct {
	Creates    bool // whether the rule creates risk events
	Notable    bool // whether it creates notable events
	Impact     int
	Confidence int
	Message    string // with $field$ for the values of the finding
	Objects    []RiskObject
	Threats    []ThreatObject
}

// RiskObject is a field that holds whom a finding concerns.
type RiskObject struct {
	Field string
	Type  string // system, user, other
	Score float64
}

// ThreatObject is a field that holds with what it was done.
type ThreatObject struct {
	Field string
	Type  string // process, file_name, ip_address, url, ...
}

// Named is an entry of ATT&CK as published: the name may be missing.
type Named struct{ ID, Name string }

// Threat is a tactic and the techniques that serve it, subtechniques behind their techniques. The tactic is empty where only techniques are named.
type Threat struct {
	Tactic     Named
	Techniques []Named
}

// DataSource is a kind of log that feeds a rule, and how Splunk knows it.
type DataSource struct{ Name, Source, Sourcetype string }

// EQLOptions is the fields by which an EQL query finds its way; empty ones are the defaults.
type EQLOptions struct {
	EventCategory     string // event_category_override
	Timestamp         string // timestamp_field
	Tiebreaker        string // tiebreaker_field
	TimestampOverride string // of the time range
	NoFallback        bool   // an event without that field is outside of every time range
}

// Suppression says which alerts are folded into one.
type Suppression struct {
	By      []string // fields
	Period  string   // such as 6h; empty: one execution
	Missing string   // missing_fields_strategy
	Group   string   // alert.suppress.group_name: rules that name the same one are suppressed together
}

// Trigger is when the rows of a saved search are an alert; if Count is empty, when there are any.
type Trigger struct {
	Count     string // number of events, number of hosts, custom, always
	Relation  string // greater than, drops by, ...
	Quantity  string
	Condition string // a search over the rows
	PerRow    bool   // one alert for each row rather than for all of them
}

// Mapping is a severity or risk score that a rule's alerts take from a field.
type Mapping struct{ Field, Operator, Value, Result string }

// Exception is an item of an exception list: what satisfies all its entries is no alert.
type Exception struct {
	List    string // the id of the list
	ID      string
	Name    string
	Expires string
	Entries []Entry
}

// Entry is one condition of an exception.
type Entry struct {
	Field    string
	Type     string // match, match_any, wildcard, exists, list, nested
	Excluded bool   // the condition must not hold
	Values   []string
	Entries  []Entry // of a nested one
}

// Test is a test as security_content has it.
type Test struct {
	Name             string
	Data             []TestData
	Earliest, Latest string
	PassCondition    string
	At               source.Span
}

// TestData is a file of events that a rule must find something in.
type TestData struct {
	URL             string // or a path
	Source          string
	Sourcetype      string
	Host            string
	Index           string
	UpdateTimestamp bool
}

// Drilldown is a search that leads on from a finding.
type Drilldown struct{ Name, Search, Earliest, Latest string }

// Unsupported says why the rule cannot run whatever its query says; empty if it can.
func (r *Rule) Unsupported() string {
	switch {
	case r.Language == SPL || r.Language == EQL:
		return ""
	case r.Language == "":
		return "rules of type " + r.Type + " are not supported"
	case r.Type == "" || r.Type == "query" || r.Type == "esql":
		return string(r.Language) + " is not supported"
	}
	return "rules of type " + r.Type + ", in " + string(r.Language) + ", are not supported"
}

// Techniques is all techniques that are named, each once.
func (r *Rule) Techniques() []Named {
	var out []Named
	for _, t := range r.Threats {
		out = merged(out, t.Techniques)
	}
	return out
}

// Tactics is all tactics that are named, each once.
func (r *Rule) Tactics() []Named {
	var out []Named
	for _, t := range r.Threats {
		if t.Tactic != (Named{}) {
			out = merged(out, []Named{t.Tactic})
		}
	}
	return out
}

// merged is the entries of both, each id once; a name fills the gap of an entry without one.
func merged(out, more []Named) []Named {
next:
	for _, n := range more {
		for i := range out {
			if out[i].ID == n.ID {
				if out[i].Name == "" {
					out[i].Name = n.Name
				}
				continue next
			}
		}
		out = append(out, n)
	}
	return out
}
