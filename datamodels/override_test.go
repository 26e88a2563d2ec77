package datamodels

import (
	"os"
	"slices"
	"strings"
	"testing"
)

func TestLaterFilesOverride(t *testing.T) {
	l := Builtin()
	errs := loadText(l, `
model: Endpoint
datasets:
  Ports:
    doc: mine
    fields: {dest: the host}
  Pipes:
    fields: {name: {calculated: lower(name)}}
---
source: sysmon
sourcetype: my:sysmon
kinds:
  sysmon/1:
    title: Start
    mappings:
      Endpoint.Pipes: {name: Image}
      Endpoint.Processes: {process: Image}
  sysmon/18:
    title: Pipe
    const: {EventID: "18"}
    fields: UtcTime PipeName
    mappings:
      Endpoint.Pipes: {name: PipeName}
`)
	if errs != nil {
		t.Fatal(errs)
	}
	ports, _ := l.Lookup("Endpoint.Ports")
	if len(ports.AllFields()) != 1 || ports.Doc != "mine" {
		t.Errorf("a dataset is not replaced: %+v", ports)
	}
	if m := l.model("Endpoint"); len(m.Roots) != 6 || m.Doc == "" {
		t.Errorf("the model's other datasets, or its doc, are gone: %+v", m)
	}
	start, old := l.kinds["sysmon/1"], Builtin().kinds["sysmon/1"]
	if start.Title != "Start" || !slices.Equal(start.Fields, old.Fields) || start.Const["EventID"] != "1" {
		t.Errorf("what the file does not say of a kind is gone: %+v", start)
	}
	if len(start.Mappings["Endpoint.Processes"]) != 1 || len(start.Mappings["Endpoint.Pipes"]) != 1 {
		t.Errorf("mappings %v", start.Mappings)
	}
	if s := start.Source; s.Sourcetype != "my:sysmon" || s.Source != "Syslog:Linux-Sysmon/Operational" || len(s.Kinds) != len(own)+1 {
		t.Errorf("source %+v", s)
	}
	if pipe := l.kinds["sysmon/18"]; len(pipe.Fields) != len(system)+2 || pipe.Fields[0].Name != "ProviderName" {
		t.Errorf("a new kind lacks the fields of all kinds: %v", pipe.Fields)
	}
	if len(old.Mappings) != 2 || old.Title != "Process creation" || old.Source.Sourcetype != "sysmon:linux" || old.Source.kind("sysmon/18") != nil {
		t.Errorf("loading changed the built-in library: %+v", old)
	}
}

func TestOverridesMustFitTheMappingsThatStay(t *testing.T) {
	errs := loadText(Builtin(), "model: Endpoint\ndatasets:\n  Services:\n    fields: {dest: the host, status: x}\n")
	if !errs.Failed() || !strings.Contains(errs.Error(), "datamodels/sources/sysmon.yml") ||
		!strings.Contains(errs.Error(), "dataset `Endpoint.Services` has no field `service_name`") {
		t.Errorf("%v", errs)
	}
}

// TestReadmeLoads loads the YAML of README.md.
func TestReadmeLoads(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	var documents []string
	for _, part := range strings.Split(string(text), "```yaml\n")[1:] {
		document, _, _ := strings.Cut(part, "```")
		documents = append(documents, document)
	}
	l := Builtin()
	if errs := loadText(l, strings.Join(documents, "---\n")); errs != nil {
		t.Fatal(errs)
	}
	d, unknown := l.Lookup("Web.Failed")
	if unknown != nil {
		t.Fatal(unknown.Message)
	}
	if kinds := l.Feeds(d); len(kinds) != 1 || kinds[0].Name != "sysmon/3" {
		t.Errorf("fed by %v", kinds)
	}
}
