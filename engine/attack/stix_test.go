package attack

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// The table is made of MITRE's own file, enterprise-attack.json in STIX 2.1:
//
//	go test ./engine/attack -run STIX -stix enterprise-attack.json
var stixFile = flag.String("stix", "", "write the table anew from MITRE's `FILE`")

// object is what is read of an object of STIX.
type object struct {
	ID, Type, Name     string
	Revoked            bool
	Deprecated         bool   `json:"x_mitre_deprecated"`
	Short              string `json:"x_mitre_shortname"`
	Version            string `json:"x_mitre_version"`
	Relation           string `json:"relationship_type"`
	Source             string `json:"source_ref"`
	Target             string `json:"target_ref"`
	ExternalReferences []struct {
		Source string `json:"source_name"`
		ID     string `json:"external_id"`
	} `json:"external_references"`
	Phases []struct {
		Chain string `json:"kill_chain_name"`
		Phase string `json:"phase_name"`
	} `json:"kill_chain_phases"`
	TacticRefs []string `json:"tactic_refs"`
}

// external is the id by which ATT&CK itself calls the object.
func (o *object) external() string {
	for _, r := range o.ExternalReferences {
		if r.Source == "mitre-attack" {
			return r.ID
		}
	}
	return ""
}

// fromSTIX writes the table down that a bundle holds.
func fromSTIX(bundle []byte) (string, error) {
	var file struct{ Objects []*object }
	if err := json.Unmarshal(bundle, &file); err != nil {
		return "", err
	}
	byID, revokedBy := map[string]*object{}, map[string]string{}
	var release string
	var order []string // of the tactics in the matrix
	for _, o := range file.Objects {
		byID[o.ID] = o
		switch {
		case o.Type == "x-mitre-collection":
			release = o.Version
		case o.Type == "x-mitre-matrix":
			order = o.TacticRefs
		case o.Type == "relationship" && o.Relation == "revoked-by":
			revokedBy[o.Source] = o.Target
		}
	}
	if release == "" || len(order) == 0 {
		return "", fmt.Errorf("neither a release nor a matrix is in it")
	}
	out := []string{"release\t" + release}
	for _, ref := range order {
		if o := byID[ref]; o != nil {
			out = append(out, "tactic\t"+o.external()+"\t"+o.Short+"\t"+o.Name)
		}
	}
	return strings.Join(append(out, techniqueLines(file.Objects, byID, revokedBy)...), "\n") + "\n", nil
}

// techniqueLines is the lines of techniques: of the release, revoked, deprecated, each by id.
func techniqueLines(objects []*object, byID map[string]*object, revokedBy map[string]string) []string {
	var current, revoked, deprecated []string
	for _, o := range objects {
		id := o.external()
		switch {
		case o.Type != "attack-pattern" || id == "":
		case o.Revoked:
			if by := byID[revokedBy[o.ID]]; by != nil && by.external() != id {
				revoked = append(revoked, "revoked\t"+id+"\t"+by.external()+"\t"+o.Name)
			}
		case o.Deprecated:
			deprecated = append(deprecated, "deprecated\t"+id+"\t"+o.Name)
		default:
			var tactics []string
			for _, p := range o.Phases {
				if p.Chain == "mitre-attack" {
					tactics = append(tactics, p.Phase)
				}
			}
			slices.Sort(tactics)
			current = append(current, "technique\t"+id+"\t"+strings.Join(tactics, ",")+"\t"+o.Name)
		}
	}
	for _, lines := range [][]string{current, revoked, deprecated} {
		slices.Sort(lines)
	}
	return slices.Concat(current, revoked, deprecated)
}

// A bundle as MITRE's, of a handful of objects.
const small = `{"type": "bundle", "objects": [
 {"type": "x-mitre-collection", "id": "x-mitre-collection--1", "name": "Enterprise ATT&CK", "x_mitre_version": "99.1"},
 {"type": "x-mitre-matrix", "id": "x-mitre-matrix--1", "tactic_refs": ["x-mitre-tactic--b", "x-mitre-tactic--a"]},
 {"type": "x-mitre-tactic", "id": "x-mitre-tactic--a", "name": "Second Aim", "x_mitre_shortname": "second-aim",
  "external_references": [{"source_name": "mitre-attack", "external_id": "TA0002"}]},
 {"type": "x-mitre-tactic", "id": "x-mitre-tactic--b", "name": "First Aim", "x_mitre_shortname": "first-aim",
  "external_references": [{"source_name": "mitre-attack", "external_id": "TA0009"}]},
 {"type": "attack-pattern", "id": "attack-pattern--2", "name": "Sub", "external_references": [{"source_name": "mitre-attack", "external_id": "T1001.001"}],
  "kill_chain_phases": [{"kill_chain_name": "mitre-attack", "phase_name": "second-aim"}]},
 {"type": "attack-pattern", "id": "attack-pattern--1", "name": "Whole", "external_references": [{"source_name": "other", "external_id": "CAPEC-1"}, {"source_name": "mitre-attack", "external_id": "T1001"}],
  "kill_chain_phases": [{"kill_chain_name": "mitre-attack", "phase_name": "second-aim"}, {"kill_chain_name": "mitre-attack", "phase_name": "first-aim"}, {"kill_chain_name": "other", "phase_name": "x"}]},
 {"type": "attack-pattern", "id": "attack-pattern--3", "name": "Old", "revoked": true, "external_references": [{"source_name": "mitre-attack", "external_id": "T1000"}]},
 {"type": "attack-pattern", "id": "attack-pattern--4", "name": "Given Up", "x_mitre_deprecated": true, "external_references": [{"source_name": "mitre-attack", "external_id": "T1002"}]},
 {"type": "relationship", "id": "relationship--1", "relationship_type": "revoked-by", "source_ref": "attack-pattern--3", "target_ref": "attack-pattern--1"},
 {"type": "malware", "id": "malware--1", "name": "Not This", "external_references": [{"source_name": "mitre-attack", "external_id": "S0001"}]}
]}`

func TestSTIX(t *testing.T) {
	const want = "release\t99.1\n" +
		"tactic\tTA0009\tfirst-aim\tFirst Aim\n" +
		"tactic\tTA0002\tsecond-aim\tSecond Aim\n" +
		"technique\tT1001\tfirst-aim,second-aim\tWhole\n" +
		"technique\tT1001.001\tsecond-aim\tSub\n" +
		"revoked\tT1000\tT1001\tOld\n" +
		"deprecated\tT1002\tGiven Up\n"
	got, err := fromSTIX([]byte(small))
	if err != nil || got != want {
		t.Errorf("%v\n%s", err, got)
	}
	x := read(got).techniques["T1001"]
	if len(x.Tactics) != 2 || x.Tactics[0].Name != "First Aim" || x.Name != "Whole" {
		t.Errorf("read: %+v", x)
	}
	for _, broken := range []string{"", "{}", `{"objects": [{"type": "x-mitre-collection", "x_mitre_version": "1"}]}`} {
		if _, err := fromSTIX([]byte(broken)); err == nil {
			t.Errorf("%q: no error", broken)
		}
	}
	if *stixFile == "" {
		return
	}
	bundle, err := os.ReadFile(*stixFile)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := fromSTIX(bundle)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("enterprise.tsv", []byte(lines), 0o644); err != nil {
		t.Fatal(err)
	}
}
