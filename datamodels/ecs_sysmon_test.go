package datamodels_test

import (
	"slices"
	"strings"
	"testing"
)

// sysmon is a record of an event by what its EventData says: names and values as JSON.
func sysmon(id, data string) string {
	return `{"EventID":"` + id + `","Level":"4","SystemTime":"2022-05-11T18:10:22.003485000Z","EventRecordID":"245760","ProcessID":"1590",` +
		`"ThreadID":"1590","Channel":"Linux-Sysmon/Operational","Computer":"UBUNTU5","UserId":"0",` + data + "}\n"
}

// common is the fields that every event has, besides its code and its set of data.
const common = `agent.id "UBUNTU5"
	event.created "2022-05-11T18:10:22.003485000Z"
	event.kind "event"
	event.module "sysmon_linux"
	event.provider "Linux-Sysmon"
	event.sequence 245760
	host.hostname "UBUNTU5"
	host.id "UBUNTU5"
	host.name "UBUNTU5"
	host.os.type "linux"
`

const (
	guid  = `"RuleName":"-","UtcTime":"2022-05-11 18:10:21.998","ProcessGuid":"{94325212-fc0d-627b-4874-61F901560000}","ProcessId":"17790",`
	java  = guid + `"Image":"/usr/bin/java","User":"tomcat"`
	ofPID = `process.entity_id "94325212-fc0d-627b-4874-61f901560000:17790"
	process.executable "/usr/bin/java"
	process.name "java"
	process.pid 17790
	sysmon.machine_id "94325212"
	user.name "tomcat"
`
)

// events are one event of each kind and all that becomes of it, but for what is common.
var events = []struct{ id, data, want string }{
	{"1", guid + `"Image":"/bin/bash","CommandLine":"bash -c 'id  -u'","CurrentDirectory":"/srv","User":"tomcat","LogonId":"1001","TerminalSessionId":"4294967295",
		"IntegrityLevel":"no level","Hashes":"SHA1=0000,MD5=81756E,SHA256=aca992","ParentProcessGuid":"{94325212-f5a5-627b-b809-87f375550000}",
		"ParentProcessId":"1340","ParentImage":"/usr/bin/java","ParentCommandLine":"java -jar x","ParentUser":"root"`, `
	data_stream.dataset "endpoint.events.process"
	event.action "exec"
	event.category "process"
	event.dataset "endpoint.events.process"
	event.outcome "success"
	event.type "start"
	process.args "bash" "-c" "'id" "" "-u'"
	process.args_count 5
	process.command_line "bash -c 'id  -u'"
	process.entity_id "94325212-fc0d-627b-4874-61f901560000:17790"
	process.executable "/bin/bash"
	process.hash.md5 "81756e"
	process.hash.sha256 "aca992"
	process.name "bash"
	process.parent.args "java" "-jar" "x"
	process.parent.args_count 3
	process.parent.command_line "java -jar x"
	process.parent.entity_id "94325212-f5a5-627b-b809-87f375550000:1340"
	process.parent.executable "/usr/bin/java"
	process.parent.name "java"
	process.parent.pid 1340
	process.parent.user.name "root"
	process.pid 17790
	process.start "2022-05-11 18:10:21.998"
	process.working_directory "/srv"
	starts True
	sysmon.machine_id "94325212"
	user.id "1001"
	user.name "tomcat"`},
	{"2", java + `,"TargetFilename":"/etc/passwd","CreationUtcTime":"2022-05-11 18:10:21.998"`, ofPID + `
	data_stream.dataset "endpoint.events.file"
	event.action "modification"
	event.category "file"
	event.dataset "endpoint.events.file"
	event.type "change"
	file.directory "/etc"
	file.name "passwd"
	file.path "/etc/passwd"`},
	{"3", java + `,"Protocol":"TCP","Initiated":"true","SourceIsIpv6":"false","SourceIp":"10.0.0.5","SourceHostname":"-","SourcePort":"41696","SourcePortName":"-",
		"DestinationIsIpv6":"false","DestinationIp":"203.0.113.9","DestinationHostname":"evil.example","DestinationPort":"443","DestinationPortName":"HTTPS"`, ofPID + `
	data_stream.dataset "endpoint.events.network"
	destination.domain "evil.example"
	destination.ip "203.0.113.9"
	destination.port 443
	event.action "connection_attempted"
	event.category "network"
	event.dataset "endpoint.events.network"
	event.type "start"
	network.direction "egress"
	network.protocol "https"
	network.transport "tcp"
	network.type "ipv4"
	source.ip "10.0.0.5"
	source.port 41696`},
	{"3", java + `,"Protocol":"udp","Initiated":"false","SourceIsIpv6":"true","SourceIp":"fe80:0:0:0:0:0:0:1","SourceHostname":"","SourcePort":"53","SourcePortName":"",
		"DestinationIsIpv6":"true","DestinationIp":"0:0:0:0:0:0:0:0","DestinationHostname":"-","DestinationPort":"0","DestinationPortName":""`, ofPID + `
	data_stream.dataset "endpoint.events.network"
	destination.port 0
	event.action "connection_accepted"
	event.category "network"
	event.dataset "endpoint.events.network"
	event.type "start"
	network.direction "ingress"
	network.transport "udp"
	network.type "ipv6"
	source.ip "fe80:0:0:0:0:0:0:1"
	source.port 53`},
	{"4", `"UtcTime":"2022-05-11 18:10:21.998","State":"Started","Version":"1.3.3","SchemaVersion":"4.81"`, `
	event.action "log"
	event.category "process"
	event.dataset "sysmon_linux.log"
	event.type "change"
	message "Started"`},
	{"5", java, ofPID + `
	data_stream.dataset "endpoint.events.process"
	ends True
	event.action "end"
	event.category "process"
	event.dataset "endpoint.events.process"
	event.type "end"`},
	{"9", java + `,"Device":"/dev/sda1"`, ofPID + `
	data_stream.dataset "endpoint.events.file"
	event.action "raw_access"
	event.category "file"
	event.dataset "endpoint.events.file"
	event.type "access"
	file.directory "/dev"
	file.name "sda1"
	file.path "/dev/sda1"`},
	{"10", `"RuleName":"-","UtcTime":"2022-05-11 18:10:21.998","SourceProcessGUID":"{94325212-fc0d-627b-4874-61f901560000}","SourceProcessId":"17790",
		"SourceThreadId":"17791","SourceImage":"/usr/bin/java","TargetProcessGUID":"{94325212-f5a5-627b-b809-87f375550000}","TargetProcessId":"1340",
		"TargetImage":"/usr/sbin/sshd","GrantedAccess":"0x10","CallTrace":"-","SourceUser":"tomcat","TargetUser":"root"`, ofPID + `
	Target.process.entity_id "94325212-f5a5-627b-b809-87f375550000:1340"
	Target.process.executable "/usr/sbin/sshd"
	Target.process.name "sshd"
	Target.process.pid 1340
	Target.process.user.name "root"
	data_stream.dataset "endpoint.events.process"
	event.action "ptrace"
	event.category "process"
	event.dataset "endpoint.events.process"
	event.type "access"
	process.thread.id 17791`},
	{"11", java + `,"TargetFilename":"/etc/cron.d/job.sh","CreationUtcTime":"2022-05-11 18:10:21.998"`, ofPID + `
	data_stream.dataset "endpoint.events.file"
	event.action "creation"
	event.category "file"
	event.dataset "endpoint.events.file"
	event.type "creation"
	file.directory "/etc/cron.d"
	file.extension "sh"
	file.name "job.sh"
	file.path "/etc/cron.d/job.sh"`},
	{"16", `"UtcTime":"2022-05-11 18:10:21.998","Configuration":"/etc/sysmon.xml","ConfigurationFileHash":"-"`, `
	event.action "log"
	event.category "configuration"
	event.dataset "sysmon_linux.log"
	event.type "change"
	message "/etc/sysmon.xml"`},
	{"22", java + `,"QueryName":"a.example","QueryStatus":"0","QueryResults":"::ffff:192.0.2.1;2001:db8::1;"`, ofPID + `
	data_stream.dataset "endpoint.events.network"
	dns.answers.data "192.0.2.1" "2001:db8::1"
	dns.question.name "a.example"
	dns.resolved_ip "192.0.2.1" "2001:db8::1"
	event.action "lookup_requested"
	event.category "network" "dns"
	event.dataset "endpoint.events.network"
	event.type "info"
	network.protocol "dns"`},
	{"23", java + `,"TargetFilename":"/tmp/x","Hashes":"SHA256=ACA992","IsExecutable":"-","Archived":"-"`, deleted},
	{"26", java + `,"TargetFilename":"/tmp/x","Hashes":"SHA256=ACA992","IsExecutable":"-"`, deleted},
	{"100", java + `,"BpfCommand":"BPF_PROG_LOAD","BpfProgramType":"kprobe","BpfProgramId":"7","BpfProgramName":"-"`, ofPID + `
	data_stream.dataset "endpoint.events.process"
	event.action "load_bpf"
	event.category "process"
	event.dataset "endpoint.events.process"
	event.type "info"
	sysmon.bpf.command "BPF_PROG_LOAD"
	sysmon.bpf.program_id "7"
	sysmon.bpf.program_type "kprobe"`},
	{"255", `"UtcTime":"2022-05-11 18:10:21.998","ID":"E7","Description":"lost events"`, `
	error.code "E7"
	event.action "error"
	event.dataset "sysmon_linux.log"
	event.type "error"
	message "lost events"`},
}

const deleted = ofPID + `
	data_stream.dataset "endpoint.events.file"
	event.action "deletion"
	event.category "file"
	event.dataset "endpoint.events.file"
	event.type "deletion"
	file.directory "/tmp"
	file.hash.sha256 "aca992"
	file.name "x"
	file.path "/tmp/x"`

func TestEventsOfSysmonInECS(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range events {
		seen["sysmon/"+c.id] = true
		var want []string
		for line := range strings.Lines(common + `event.code "` + c.id + "\"\n" + c.want) {
			if line = strings.TrimSpace(line); line != "" {
				want = append(want, line)
			}
		}
		slices.Sort(want)
		data := strings.ReplaceAll(strings.ReplaceAll(c.data, "\n", ""), "\t", "")
		if got := values(t, "sysmon/"+c.id, sysmon(c.id, data)); !slices.Equal(got, want) {
			t.Errorf("sysmon/%s:\n got %s\nwant %s", c.id, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
		}
	}
	for _, k := range kindOf(t, "sysmon/1").Source.Kinds {
		if !seen[k.Name] {
			t.Errorf("no event of %s", k.Name)
		}
	}
}

// TestWhatIsNotAvailableIsMissing holds that a field is missing, or what it is, for values that are special to Sysmon.
func TestWhatIsNotAvailableIsMissing(t *testing.T) {
	file := func(path string) string { return java + `,"TargetFilename":"` + path + `"` }
	for _, c := range []struct{ id, data, field, want string }{
		{"1", `"RuleName":"-","ProcessId":"7","Image":"-"`, "process.executable", ""},
		{"1", `"RuleName":"-","ProcessId":"7","Image":"-"`, "process.name", ""},
		{"1", `"ProcessId":"7","Image":"(null)"`, "process.name", ""},
		{"1", `"ProcessId":"7","Image":"<unknown process>"`, "process.name", ""},
		{"5", guid + `"Image":"java"`, "process.name", `"java"`},
		{"1", guid + `"Image":"/x","CommandLine":"-"`, "process.args", ""},
		{"1", guid + `"Image":"/x","CommandLine":"-"`, "process.args_count", ""},
		{"1", guid + `"Image":"/x","CommandLine":"file "`, "process.args", `"file" ""`},
		{"1", guid + `"Image":"/x","ParentCommandLine":"-","ParentProcessId":"9"`, "process.parent.args_count", ""},
		{"1", guid + `"Image":"/x","ParentProcessGuid":"{00000000-0000-0000-0000-000000000000}","ParentProcessId":"9"`, "process.parent.entity_id", ""},
		{"1", guid + `"Image":"/x","ParentProcessGuid":"{00000000-0000-0000-0000-000000000000}","ParentProcessId":"9"`, "process.parent.pid", "9"},
		{"1", guid + `"Image":"/x","LogonId":"65535"`, "user.id", ""},
		{"1", guid + `"Image":"/x","LogonId":"-"`, "user.id", ""},
		{"1", guid + `"Image":"/x","LogonId":"0"`, "user.id", `"0"`},
		{"1", guid + `"Image":"/x","User":"-"`, "user.name", ""},
		{"1", guid + `"Image":"/x","Hashes":"-"`, "process.hash.sha256", ""},
		{"1", guid + `"Image":"/x","Hashes":"MD5=00000000"`, "process.hash.md5", ""},
		{"1", `"RuleName":"TechniqueID=T1105","ProcessId":"7","Image":"/x"`, "rule.name", `"TechniqueID=T1105"`},
		{"3", `"ProcessGuid":"{94325212-fc0d-627b-0000-000000000000}","ProcessId":"7","Image":"/x"`, "process.entity_id", ""},
		{"3", `"ProcessGuid":"{94325212-fc0d-627b-0000-000000000000}","ProcessId":"7","Image":"/x"`, "sysmon.machine_id", `"94325212"`},
		{"3", `"ProcessGuid":"{00000000-0000-0000-0000-000000000000}","ProcessId":"7","Image":"/x"`, "sysmon.machine_id", ""},
		{"3", java + `,"SourceIp":"0.0.0.0"`, "source.ip", ""},
		{"3", java + `,"SourceIp":"::"`, "source.ip", ""},
		{"3", java + `,"SourceIp":"0:0:0:0:0:0:0:1"`, "source.ip", `"0:0:0:0:0:0:0:1"`},
		{"3", java, "event.action", ""},
		{"3", java, "network.type", ""},
		{"11", file("/home/a/.bashrc"), "file.extension", ""},
		{"11", file("/home/a/.config.yml"), "file.extension", `"yml"`},
		{"11", file("/tmp/a.tar.gz"), "file.extension", `"gz"`},
		{"11", file("/etc/cron.d/job"), "file.extension", ""},
		{"11", file("/tmp/a."), "file.extension", ""},
		{"11", file(`/tmp/a\nb.sh`), "file.extension", `"sh"`},
		{"11", file("/vmlinuz"), "file.directory", `"/"`},
		{"11", file("-"), "file.path", ""},
		{"11", file("-"), "file.name", ""},
		{"11", file("-"), "file.directory", ""},
	} {
		got := ""
		for _, v := range values(t, "sysmon/"+c.id, sysmon(c.id, c.data)) {
			if name, value, _ := strings.Cut(v, " "); name == c.field {
				got = value
			}
		}
		if got != c.want {
			t.Errorf("sysmon/%s with %s: %s is %s, want %s", c.id, c.data, c.field, got, c.want)
		}
	}
}
