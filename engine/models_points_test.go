package engine_test

import (
	"testing"

	"spoor/engine"
)

const modelEvents = `<Event><System><Provider Name="Linux-Sysmon" Guid="{ff032593-a8d3-4f13-b0d6-01fc615a0f97}"/><EventID>1</EventID><TimeCreated SystemTime="2024-05-06T10:00:09.000000000Z"/><Computer>web1</Computer><Security UserId="0"/></System><EventData><Data Name="UtcTime">2024-05-06 10:00:01.250</Data><Data Name="ProcessGuid">{g1}</Data><Data Name="ProcessId">11</Data><Data Name="Image">/usr/bin/apt-get</Data><Data Name="OriginalFileName">-</Data><Data Name="CommandLine">apt-get &gt; x</Data><Data Name="CurrentDirectory">/root</Data><Data Name="User">bob</Data><Data Name="IntegrityLevel">Medium</Data><Data Name="Hashes">-</Data><Data Name="ParentProcessGuid">{g0}</Data><Data Name="ParentProcessId">10</Data><Data Name="ParentImage">/bin/bash</Data><Data Name="ParentCommandLine">bash -l</Data></EventData></Event>
{"EventID":"5","Computer":"web1","UtcTime":"2024-05-06 10:00:05.000","ProcessGuid":"{g1}","ProcessId":"11","Image":"/usr/bin/apt-get","User":"bob"}
{"EventID":"9","Computer":"web1","UtcTime":"2024-05-06 10:00:06.000","ProcessId":"12","Image":"/sbin/dd","Device":"/dev/sda"}
{"EventID":"11","Computer":"web1","UtcTime":"2024-05-06 10:00:07.000","ProcessId":"13","Image":"/bin/sh","TargetFilename":"/tmp/a:b.txt","CreationUtcTime":"2024-05-06 10:00:07.000","User":"bob"}
{"EventID":"11","Computer":"web1","UtcTime":"2024-05-06 10:00:08.000","ProcessId":"14","Image":"/bin/sh","TargetFilename":"/tmp/old","CreationUtcTime":"2024-05-01 10:00:07.000","User":"bob"}
{"EventID":"23","Computer":"web1","UtcTime":"2024-05-06 10:00:09.000","ProcessId":"15","Image":"/bin/rm","TargetFilename":"/tmp/old","Hashes":"SHA256=ab","User":"bob"}
{"EventID":"3","Computer":"web1","UtcTime":"2024-05-06 10:00:10.000","ProcessId":"16","Image":"/usr/bin/curl","Protocol":"TCP","Initiated":"true","SourceIp":"10.0.0.1","SourcePort":"50000","DestinationIp":"10.0.0.2","DestinationHostname":"-","DestinationPort":"443","User":"eve"}
{"EventID":"3","Computer":"web1","UtcTime":"2024-05-06 10:00:11.000","ProcessId":"17","Image":"/usr/sbin/sshd","Protocol":"tcp","Initiated":"false","SourceIp":"10.0.0.3","SourcePort":"50001","DestinationIp":"10.0.0.1","DestinationHostname":"web1.lan","DestinationPort":"22"}
{"EventID":"4","Computer":"web1","UtcTime":"2024-05-06 10:00:12.000","State":"Started","Version":"1.0","SchemaVersion":"4.81"}
{"EventID":"16","Computer":"web1","UtcTime":"2024-05-06 10:00:13.000","Configuration":"/etc/sysmon.xml"}
`

// modelPoints is sections 12 and 13: the data models, and how Sysmon's events fill them.
var modelPoints = []pointCase{
	{"12 Endpoint.Processes: what is missing is unknown, or null", `| tstats count from datamodel=Endpoint.Processes where Processes.process=unknown Processes.parent_process=unknown Processes.user=unknown NOT Processes.parent_process_id=* NOT Processes.process_hash=* by Processes.process_id`,
		`{"Processes.process_id":"12","count":1}`, ""},
	{"12 the level is in lower case", `| tstats count from datamodel=Endpoint.Processes by Processes.process_integrity_level`, `{"Processes.process_integrity_level":"medium","count":1}`, ""},
	{"12 a parent without a name is unknown", `| tstats count from datamodel=Endpoint.Processes by Processes.parent_process_name`, `{"Processes.parent_process_name":"bash","count":1}{"Processes.parent_process_name":"unknown","count":2}`, ""},
	{"12 numbers compare as numbers", `| tstats count from datamodel=Endpoint.Processes where Processes.process_id>9 Processes.process_id<12`, `{"count":2}`, ""},
	{"12 Endpoint.Filesystem: unknown hash, no size", `| tstats count from datamodel=Endpoint.Filesystem where Filesystem.file_hash=unknown Filesystem.file_acl=unknown NOT Filesystem.file_size=*`, `{"count":2}`, ""},
	{"12 Network_Traffic: ports are numbers, the protocol in lower case", `| tstats count from datamodel=Network_Traffic.All_Traffic where All_Traffic.dest_port>=100 by All_Traffic.transport All_Traffic.src_port`, `{"All_Traffic.transport":"tcp","All_Traffic.src_port":50000,"count":1}`, ""},
	{"12 Network_Traffic: what is missing", `| tstats count from datamodel=Network_Traffic.All_Traffic where All_Traffic.user=unknown All_Traffic.rule=unknown NOT All_Traffic.bytes=* by All_Traffic.process_id`, `{"All_Traffic.process_id":"17","count":1}`, ""},
	{"12 vendor_product", `| tstats count from datamodel=Endpoint.Processes by Processes.vendor_product`, `{"Processes.vendor_product":"Sysmon For Linux","count":3}`, ""},
	{"12 no assets and identities: null", `| tstats count from datamodel=Endpoint.Processes where Processes.dest_priority=* OR Processes.user_category=*`, `{"count":0}`, ""},
	{"13.1 fields of the event, and of its frame", `EventID=1 | table EventID Computer UserId _time CommandLine`, `{"EventID":"1","Computer":"web1","UserId":"0","_time":"2024-05-06T10:00:01.250Z","CommandLine":"apt-get > x"}`, ""},
	{"13.2 processes: starts, ends, raw reads", `| tstats count from datamodel=Endpoint.Processes by Processes.signature_id Processes.action`, `{"Processes.signature_id":"1","Processes.action":"allowed","count":1}{"Processes.signature_id":"5","Processes.action":"blocked","count":1}{"Processes.signature_id":"9","Processes.action":"allowed","count":1}`, ""},
	{"13.2 tags", `| tstats values(Processes.tag) as tag from datamodel=Endpoint.Processes`, `{"tag":["process","report"]}`, ""},
	{"13.3 files: created, modified, deleted", `| tstats count from datamodel=Endpoint.Filesystem by Filesystem.signature_id Filesystem.action`, `{"Filesystem.signature_id":"11","Filesystem.action":"created","count":1}{"Filesystem.signature_id":"11","Filesystem.action":"modified","count":1}{"Filesystem.signature_id":"23","Filesystem.action":"deleted","count":1}`, ""},
	{"13.4 the host is the computer", `| tstats count from datamodel=Endpoint.Processes by Processes.dest Processes.os`, `{"Processes.dest":"web1","Processes.os":"Linux","count":3}`, ""},
	{"13.4 but for a connection where it leads, by name if there is one", `| tstats count from datamodel=Network_Traffic.All_Traffic by All_Traffic.dest`, `{"All_Traffic.dest":"10.0.0.2","count":1}{"All_Traffic.dest":"web1.lan","count":1}`, ""},
	{"13.5 a start", `| tstats count from datamodel=Endpoint.Processes where Processes.signature_id=1 by Processes.process Processes.parent_process Processes.process_path Processes.parent_process_path Processes.process_guid Processes.process_id Processes.parent_process_guid Processes.parent_process_id Processes.process_current_directory Processes.original_file_name | rename Processes.* as *`,
		`{"process":"apt-get > x","parent_process":"bash -l","process_path":"/usr/bin/apt-get","parent_process_path":"/bin/bash","process_guid":"{g1}","process_id":"11","parent_process_guid":"{g0}","parent_process_id":"10","process_current_directory":"/root","original_file_name":"apt-get","count":1}`, ""},
	{"13.5 an end has its path for a command", `| tstats values(Processes.process) as p from datamodel=Endpoint.Processes where Processes.signature_id=5`, `{"p":"/usr/bin/apt-get"}`, ""},
	{"13.5 a hash that is - is none", `| tstats count from datamodel=Endpoint.Processes where Processes.process_hash=*`, `{"count":0}`, ""},
	{"13.6 a name is the last part of the path, whatever is in it", `| tstats count from datamodel=Endpoint.Processes by Processes.process_name Processes.process_exec`, `{"Processes.process_name":"apt-get","Processes.process_exec":"apt-get","count":2}{"Processes.process_name":"dd","Processes.process_exec":"dd","count":1}`, ""},
	{"13.7 the user is the process's own", `| tstats count from datamodel=Endpoint.Processes by Processes.user`, `{"Processes.user":"bob","count":2}{"Processes.user":"unknown","count":1}`, ""},
	{"13.8 files", `| tstats count values(Filesystem.file_hash) as hash from datamodel=Endpoint.Filesystem where Filesystem.action!=modified by Filesystem.file_path Filesystem.file_name`, `{"Filesystem.file_path":"/tmp/a:b.txt","Filesystem.file_name":"a:b.txt","count":1,"hash":"unknown"}{"Filesystem.file_path":"/tmp/old","Filesystem.file_name":"old","count":1,"hash":"SHA256=ab"}`, ""},
	{"13.9 connections", `| tstats count from datamodel=Network_Traffic.All_Traffic by All_Traffic.app All_Traffic.src All_Traffic.src_ip All_Traffic.dest_ip All_Traffic.dest_port All_Traffic.direction All_Traffic.protocol All_Traffic.state | rename All_Traffic.* as *`,
		`{"app":"/usr/bin/curl","src":"10.0.0.1","src_ip":"10.0.0.1","dest_ip":"10.0.0.2","dest_port":443,"direction":"outbound","protocol":"IP","state":"established","count":1}{"app":"/usr/sbin/sshd","src":"10.0.0.3","src_ip":"10.0.0.3","dest_ip":"10.0.0.1","dest_port":22,"direction":"inbound","protocol":"IP","state":"established","count":1}`, ""},
	{"13.9 Sysmon itself is a service", `| tstats count from datamodel=Endpoint.Services by Services.service_name Services.status Services.signature_id`, `{"Services.service_name":"Linux-Sysmon","Services.status":"started","Services.signature_id":"4","count":1}{"Services.service_name":"Linux-Sysmon","Services.status":"started","Services.signature_id":"16","count":1}`, ""},
	{"13.10 what is calculated sees what is extracted", `| tstats count from datamodel=Endpoint.Filesystem where Filesystem.file_create_time="2024-05-01 10:00:07.000" by Filesystem.file_name`, `{"Filesystem.file_name":"old","count":1}`, ""},
}

func TestModelPoints(t *testing.T) { checkPoints(t, modelEvents, engine.Options{}, modelPoints) }
