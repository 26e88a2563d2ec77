package datamodels

import (
	"slices"
	"strings"
	"testing"
)

// mappings says by hand what becomes of each field: field, blank, expression, one a line.
var mappings = map[string]string{
	"sysmon/1 Endpoint.Processes": `
		action "allowed"
		dest Computer
		dvc Computer
		original_file_name basename(Image)
		os "Linux"
		parent_process ParentCommandLine
		parent_process_exec basename(ParentImage)
		parent_process_guid ParentProcessGuid
		parent_process_id ParentProcessId
		parent_process_name basename(ParentImage)
		parent_process_path ParentImage
		parent_user ParentUser
		process CommandLine
		process_current_directory CurrentDirectory
		process_exec basename(Image)
		process_guid ProcessGuid
		process_hash nullif(Hashes,"-")
		process_id ProcessId
		process_integrity_level IntegrityLevel
		process_name basename(Image)
		process_path Image
		signature "Process creation"
		signature_id EventID
		tag split("process,report",",")
		user User
		user_id LogonId
		vendor_product "Sysmon For Linux"`,
	"sysmon/5 Endpoint.Processes": `
		action "blocked"
		dest Computer
		dvc Computer
		os "Linux"
		process Image
		process_exec basename(Image)
		process_guid ProcessGuid
		process_id ProcessId
		process_name basename(Image)
		process_path Image
		signature "Process terminated"
		signature_id EventID
		tag split("process,report",",")
		user User
		vendor_product "Sysmon For Linux"`,
	"sysmon/9 Endpoint.Processes": `
		action "allowed"
		dest Computer
		dvc Computer
		os "Linux"
		process_exec basename(Image)
		process_guid ProcessGuid
		process_id ProcessId
		process_name basename(Image)
		process_path Image
		signature "RawAccessRead"
		signature_id EventID
		tag split("process,report",",")
		user User
		vendor_product "Sysmon For Linux"`,
	"sysmon/11 Endpoint.Filesystem": `
		action if(UtcTime!=CreationUtcTime,"modified","created")
		dest Computer
		dvc Computer
		file_create_time CreationUtcTime
		file_name basename(TargetFilename)
		file_path TargetFilename
		object_category "file"
		process_exec basename(Image)
		process_guid ProcessGuid
		process_id ProcessId
		process_name basename(Image)
		process_path Image
		signature "FileCreate"
		signature_id EventID
		tag split("endpoint,filesystem",",")
		user User
		vendor_product "Sysmon For Linux"`,
	"sysmon/23 Endpoint.Filesystem": `
		action "deleted"
		dest Computer
		dvc Computer
		file_hash nullif(Hashes,"-")
		file_modify_time UtcTime
		file_name basename(TargetFilename)
		file_path TargetFilename
		object_category "file"
		process_exec basename(Image)
		process_guid ProcessGuid
		process_id ProcessId
		process_name basename(Image)
		process_path Image
		signature "FileDelete (File Delete archived)"
		signature_id EventID
		tag split("endpoint,filesystem",",")
		user User
		vendor_product "Sysmon For Linux"`,
	"sysmon/3 Network_Traffic.All_Traffic": `
		action "allowed"
		app Image
		creation_time UtcTime
		dest coalesce(nullif(nullif(DestinationHostname,"-"),""), DestinationIp)
		dest_host nullif(nullif(DestinationHostname,"-"),"")
		dest_ip DestinationIp
		dest_port DestinationPort
		direction if(lower(Initiated)="true","outbound","inbound")
		dvc Computer
		dvc_ip SourceIp
		process_guid ProcessGuid
		process_id ProcessId
		process_name basename(Image)
		protocol "IP"
		protocol_version if(lower(DestinationIsIpv6)="true","ipv6","ipv4")
		rule nullif(RuleName,"-")
		signature "Network connection"
		signature_id EventID
		src SourceIp
		src_host nullif(nullif(SourceHostname,"-"),"")
		src_ip SourceIp
		src_port SourcePort
		state "established"
		tag split("network,communicate",",")
		transport Protocol
		transport_dest_port mvzip(Protocol,DestinationPort,"/")
		user User
		vendor_product "Sysmon For Linux"`,
	"sysmon/4 Endpoint.Services": `
		description "Sysmon state changed"
		dest Computer
		dvc Computer
		process_id ProcessID
		service "Linux-Sysmon"
		service_name "Linux-Sysmon"
		signature "Sysmon service state changed"
		signature_id EventID
		status lower(State)
		tag split("service,report",",")
		vendor_product "Sysmon For Linux"`,
	"sysmon/16 Endpoint.Services": `
		description "Sysmon configuration changed"
		dest Computer
		dvc Computer
		file_path Configuration
		service "Linux-Sysmon"
		service_name "Linux-Sysmon"
		signature "Sysmon config state changed"
		signature_id EventID
		status "started"
		tag split("service,report",",")
		vendor_product "Sysmon For Linux"`,
}

func TestMappingsOfSysmon(t *testing.T) {
	l := Builtin()
	for name, want := range mappings {
		kind, dataset, _ := strings.Cut(name, " ")
		d, unknown := l.Lookup(dataset)
		if unknown != nil {
			t.Fatal(unknown.Message)
		}
		assigns, ok := l.kinds[kind].Mapping(d)
		if !ok {
			t.Errorf("%s is not mapped to %s", kind, dataset)
		}
		var got []string
		for _, a := range assigns {
			got = append(got, a.Field+" "+a.Expr.String())
		}
		slices.Sort(got)
		wanted := strings.Split(strings.ReplaceAll(want[1:], "\t", ""), "\n")
		if slices.Sort(wanted); !slices.Equal(got, wanted) {
			t.Errorf("%s:\n got %s\nwant %s", name, strings.Join(got, "; "), strings.Join(wanted, "; "))
		}
	}
}

func TestWhatFeedsWhat(t *testing.T) {
	l := Builtin()
	for dataset, want := range map[string]string{
		"Endpoint.Processes":                    "ecs/process sysmon/1 sysmon/5 sysmon/9",
		"Endpoint.Filesystem":                   "ecs/file sysmon/11 sysmon/23 sysmon/26",
		"Endpoint.Services":                     "sysmon/4 sysmon/16",
		"Endpoint.Ports":                        "",
		"Endpoint.Registry":                     "",
		"Network_Traffic":                       "ecs/network sysmon/3",
		"All_Traffic.Traffic_By_Action":         "ecs/network sysmon/3",
		"Network_Resolution":                    "sysmon/22",
		"Authentication.Failed_Authentication":  "auditd/USER_AUTH auditd/USER_LOGIN",
		"Authentication.Default_Authentication": "auditd/USER_AUTH auditd/USER_LOGIN",
		"Change.Account_Management":             "auditd/ADD_USER auditd/DEL_USER auditd/USER_MGMT auditd/USER_CHAUTHTOK auditd/ADD_GROUP auditd/DEL_GROUP auditd/GRP_MGMT",
		"Web":                                   "",
	} {
		d, unknown := l.Lookup(dataset)
		if unknown != nil {
			t.Fatal(unknown.Message)
		}
		var names []string
		for _, k := range l.Feeds(d) {
			names = append(names, k.Name)
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%s is fed by %q, want %q", dataset, got, want)
		}
	}
}

func TestMappingsOfElasticDefend(t *testing.T) {
	l := Builtin()
	for name, want := range map[string]string{
		"ecs/process Endpoint.Processes dest":           `coalesce('host.name', 'host.hostname')`,
		"ecs/process Endpoint.Processes process":        `coalesce('process.command_line', mvjoin('process.args'," "))`,
		"ecs/process Endpoint.Processes process_id":     `tostring('process.pid')`,
		"ecs/process Endpoint.Processes user_id":        `tostring('user.id')`,
		"ecs/process Endpoint.Processes process_hash":   `'process.hash.sha256'`,
		"ecs/process Endpoint.Processes vendor_product": `"Elastic Defend"`,
		"ecs/process Endpoint.Processes action":         `"allowed"`,
		"ecs/process Endpoint.Processes parent_process": `coalesce('process.parent.command_line', mvjoin('process.parent.args'," "))`,
		"ecs/file Endpoint.Filesystem file_path":        `'file.path'`,
		"ecs/file Endpoint.Filesystem action": `case(match(mvjoin('event.action'," "), "creat"), "created", ` +
			`match(mvjoin('event.action'," "), "delet"), "deleted", match(mvjoin('event.action'," "), "renam|modif|overwrit"), "modified")`,
		"ecs/network Network_Traffic.All_Traffic dest_ip": `'destination.ip'`,
	} {
		part := strings.Fields(name)
		var got string
		for _, a := range l.kinds[part[0]].Mappings[part[1]] {
			if a.Field == part[2] {
				got = strings.Join(strings.Fields(a.Expr.String()), " ")
			}
		}
		if got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
}
