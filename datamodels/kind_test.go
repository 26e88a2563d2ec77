package datamodels

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// system are the fields of every event's System part; own those of its EventData, in the order in which they are logged.
var system = strings.Fields(`ProviderName ProviderGuid EventID Version Level Task Opcode Keywords SystemTime EventRecordID ProcessID ThreadID
	Channel Computer UserId`)

var own = map[string]string{
	"1": `RuleName UtcTime ProcessGuid ProcessId Image FileVersion Description Product Company OriginalFileName CommandLine CurrentDirectory User
		LogonGuid LogonId TerminalSessionId IntegrityLevel Hashes ParentProcessGuid ParentProcessId ParentImage ParentCommandLine ParentUser`,
	"2": "RuleName UtcTime ProcessGuid ProcessId Image TargetFilename CreationUtcTime PreviousCreationUtcTime User",
	"3": `RuleName UtcTime ProcessGuid ProcessId Image User Protocol Initiated SourceIsIpv6 SourceIp SourceHostname SourcePort SourcePortName
		DestinationIsIpv6 DestinationIp DestinationHostname DestinationPort DestinationPortName`,
	"4": "UtcTime State SchemaVersion", // and Version, which stands in the System part too
	"5": "RuleName UtcTime ProcessGuid ProcessId Image User",
	"9": "RuleName UtcTime ProcessGuid ProcessId Image Device User",
	"10": `RuleName UtcTime SourceProcessGUID SourceProcessId SourceThreadId SourceImage TargetProcessGUID TargetProcessId TargetImage GrantedAccess
		CallTrace SourceUser TargetUser`,
	"11":  "RuleName UtcTime ProcessGuid ProcessId Image TargetFilename CreationUtcTime User",
	"16":  "UtcTime Configuration ConfigurationFileHash",
	"22":  "RuleName UtcTime ProcessGuid ProcessId QueryName QueryStatus QueryResults Image User",
	"23":  "RuleName UtcTime ProcessGuid ProcessId User Image TargetFilename Hashes IsExecutable Archived",
	"26":  "RuleName UtcTime ProcessGuid ProcessId User Image TargetFilename Hashes IsExecutable",
	"100": "RuleName UtcTime ProcessGuid ProcessId Image User BpfCommand BpfProgramType BpfProgramId BpfProgramName",
	"255": "UtcTime ID Description",
}

func TestKindsOfSysmon(t *testing.T) {
	i := slices.IndexFunc(Builtin().Sources(), func(s *Source) bool { return s.Name == "sysmon" })
	s := Builtin().Sources()[i]
	if s.Sourcetype != "sysmon:linux" || s.Source != "Syslog:Linux-Sysmon/Operational" || s.Open {
		t.Errorf("source %+v", s)
	}
	for _, k := range s.Kinds {
		id := strings.TrimPrefix(k.Name, "sysmon/")
		var got []string
		for _, f := range k.Fields {
			got = append(got, f.Name)
			if f.Type != "string" || f.Multivalue {
				t.Errorf("%s: %s is no plain string", k.Name, f.Name)
			}
		}
		if want := append(slices.Clone(system), strings.Fields(own[id])...); !slices.Equal(got, want) {
			t.Errorf("%s has fields\n%v, want\n%v", k.Name, got, want)
		}
		if k.Source != s || k.Title == "" || !maps.Equal(k.Const, map[string]string{"EventID": id, "EventCode": id}) {
			t.Errorf("kind %s: title %q, constants %v", k.Name, k.Title, k.Const)
		}
	}
	if len(s.Kinds) != len(own) {
		t.Errorf("%d kinds, want %d", len(s.Kinds), len(own))
	}
}

func TestTypesOfElasticDefend(t *testing.T) {
	l := Builtin()
	for name, want := range map[string]RawField{
		"ecs/process @timestamp":                {Type: "time"},
		"ecs/process event.sequence":            {Type: "number"},
		"ecs/process event.category":            {Type: "string", Multivalue: true},
		"ecs/process host.ip":                   {Type: "ip", Multivalue: true},
		"ecs/process user.id":                   {Type: "string"},
		"ecs/process process.pid":               {Type: "number"},
		"ecs/process process.parent.pid":        {Type: "number"},
		"ecs/process process.args":              {Type: "string", Multivalue: true},
		"ecs/process process.args_count":        {Type: "number"},
		"ecs/process process.exit_code":         {Type: "number"},
		"ecs/process process.interactive":       {Type: "boolean"},
		"ecs/process process.start":             {Type: "time"},
		"ecs/network source.ip":                 {Type: "ip"},
		"ecs/network destination.port":          {Type: "number"},
		"ecs/network source.bytes":              {Type: "number"},
		"ecs/network network.direction":         {Type: "string"},
		"ecs/file file.size":                    {Type: "number"},
		"ecs/file file.Ext.entropy":             {Type: "double"},
		"ecs/file file.path":                    {Type: "string"},
		"ecs/file process.entity_id":            {Type: "string"},
		"ecs/process process.env_vars":          {Type: "string", Multivalue: true},
		"ecs/process process.Ext.ancestry":      {Type: "string", Multivalue: true},
		"ecs/process process.parent.args_count": {Type: "number"},
	} {
		kind, field, _ := strings.Cut(name, " ")
		k := l.kinds[kind]
		f := k.Field(field)
		if want.Name = field; f == nil || *f != want || !k.Open {
			t.Errorf("%s: %+v in a kind that is open: %v, want %+v", name, f, k.Open, want)
		}
	}
}
