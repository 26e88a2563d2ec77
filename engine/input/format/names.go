package format

import "strings"

// systemNames is the fields of an event's System part, in their order.
var systemNames = strings.Fields(`EventID Version Level Task Opcode Keywords SystemTime EventRecordID ProcessID ThreadID Channel
	Computer UserId ProviderName ProviderGuid`)

// dataNames is the fields of Sysmon's EventData. Those before the bar tell Sysmon from other sources.
var dataNames = strings.Fields(`UtcTime ProcessGuid ProcessId Image CommandLine CurrentDirectory LogonGuid LogonId TerminalSessionId
	IntegrityLevel ParentProcessGuid ParentProcessId ParentImage ParentCommandLine ParentUser OriginalFileName SourceIsIpv6 SourceIp
	SourceHostname SourcePort SourcePortName DestinationIsIpv6 DestinationIp DestinationHostname DestinationPort DestinationPortName
	TargetFilename CreationUtcTime PreviousCreationUtcTime SourceProcessGUID SourceProcessId SourceThreadId SourceImage
	TargetProcessGUID TargetProcessId TargetImage GrantedAccess CallTrace SourceUser TargetUser QueryName QueryStatus QueryResults
	BpfCommand BpfProgramType BpfProgramId BpfProgramName ConfigurationFileHash SchemaVersion
	| RuleName FileVersion Description Product Company User Hashes Protocol Initiated State Version Configuration Device IsExecutable
	Archived ID`)

// dataSpelling and systemSpelling give the one spelling of a name in any case.
var dataSpelling, systemSpelling, onlySysmon = spellings()

func spellings() (inData, inSystem map[string]string, proofs map[string]bool) {
	inData, inSystem, proofs = map[string]string{}, map[string]string{}, map[string]bool{}
	only := true
	for _, name := range dataNames {
		if name == "|" {
			only = false
			continue
		}
		inData[strings.ToLower(name)] = name
		proofs[name] = only
	}
	for _, name := range systemNames {
		inSystem[strings.ToLower(name)] = name
	}
	for alias, name := range map[string]string{
		"provider": "ProviderName", "provider_name": "ProviderName", "sourcename": "ProviderName", "provider_guid": "ProviderGuid",
		"guid": "ProviderGuid", "timecreated": "SystemTime", "time_created": "SystemTime", "event_id": "EventID",
		"record_id": "EventRecordID", "recordnumber": "EventRecordID", "computer_name": "Computer", "_channel": "Channel",
		"executionprocessid": "ProcessID", "executionthreadid": "ThreadID",
	} {
		inSystem[alias] = name
	}
	return inData, inSystem, proofs
}

// roles of fields, wherever they stand.
var fieldRoles = map[string]role{
	"EventID": eventID, "ProviderName": provider, "Channel": channel, "ProviderGuid": guid, "Computer": computer,
	"SystemTime": ownTime, "UtcTime": utcTime,
}

func known(name string) (string, role) { return name, fieldRoles[name] }

// inSystem resolves a key of the System part.
func inSystem(key string) (string, role) {
	if name, ok := systemSpelling[strings.ToLower(key)]; ok {
		return known(name)
	}
	return key, plain
}

// inData resolves a key of the EventData part.
func inData(key string) (string, role) {
	switch key {
	case "Data":
		return "", data
	case "#attributes", "@xmlns", "_xmlns", "xmlns":
		return "", plain
	}
	if name, ok := dataSpelling[strings.ToLower(key)]; ok {
		return known(name)
	}
	return key, plain
}

// inWinlogData resolves a key of winlog.event_data, into which Beats mix three names of their own.
func inWinlogData(key string) (string, role) {
	switch key {
	case "opcode", "provider_name", "version":
		name, _ := inSystem(key)
		return name, weak
	}
	return inData(key)
}

// decorations are what renderers of XML put before the names of attributes.
var decorations = []string{"@", "_", "#", "-", "$", "Attr"}

// inElement resolves a key of an element that was rendered as an object: its text, or one of its attributes.
func inElement(key string) (string, role) {
	switch key {
	case "#attributes", "$attributes", "_attributes":
		return "", attributes
	case "#text", "__text", "text", "$t", "_", "content", "Value", "value", "#content", "_text", "$text":
		return "", content
	}
	for _, mark := range decorations {
		if rest, ok := strings.CutPrefix(key, mark); ok && rest != "" {
			key = rest
			break
		}
	}
	if key == "Name" {
		return "", named
	}
	return attributeName(key)
}

// attributeName is the field that an attribute in the System part stands for.
func attributeName(key string) (string, role) {
	switch name, role := inSystem(key); name {
	case "ProviderGuid", "SystemTime", "ProcessID", "ThreadID", "UserId":
		return name, role
	}
	return "", plain
}

// dotted are the beginnings of keys that flatten a nested document.
var dotted = []struct {
	prefix  string
	resolve func(string) (string, role)
}{
	{"Event.EventData.Data.", inData}, {"Event.EventData.", inData}, {"Event.System.", inDottedSystem},
	{"winlog.event_data.", inWinlogData}, {"winlog.", inWinlogKey},
	{"data.win.eventdata.", inData}, {"data.win.system.", inSystem}, {"data.eventdata.", inData}, {"data.system.", inSystem},
	{"data.Event.EventData.Data.", inData}, {"data.Event.EventData.", inData}, {"data.Event.System.", inDottedSystem},
}

// inDottedSystem resolves what follows Event.System., such as TimeCreated.#attributes.SystemTime.
func inDottedSystem(key string) (string, role) {
	element, rest, nested := strings.Cut(key, ".")
	if !nested {
		return inSystem(key)
	}
	name, role := inElement(rest[strings.LastIndexByte(rest, '.')+1:])
	if role == named || role == content {
		return inSystem(element)
	}
	return name, role
}

// inWinlogKey resolves what follows winlog. in a dotted key.
func inWinlogKey(key string) (string, role) {
	switch key {
	case "process.pid":
		return "ProcessID", plain
	case "process.thread.id":
		return "ThreadID", plain
	case "user.identifier":
		return "UserId", plain
	}
	if name, ok := systemSpelling[strings.ToLower(key)]; ok {
		return known(name)
	}
	return "", plain
}

// atTop resolves a key of a document's top level.
func atTop(key string) (string, role) {
	if role, ok := topRoles[key]; ok {
		if name, ok := dataSpelling[key]; ok {
			return name, role
		}
		return key, role
	}
	for _, d := range dotted {
		if rest, ok := strings.CutPrefix(key, d.prefix); ok {
			return top(d.resolve(rest))
		}
	}
	if first, _, ok := strings.Cut(key, "."); ok && ecsRoots[first] {
		return key, ecsPart
	}
	switch key {
	case "ProcessID", "ProcessId":
		return top(key, plain)
	case "Name", "Correlation":
		return "", plain
	}
	if name, ok := dataSpelling[strings.ToLower(key)]; ok {
		return top(known(name))
	}
	if name, ok := systemSpelling[strings.ToLower(key)]; ok {
		return known(name)
	}
	return key, plain
}

func top(name string, r role) (string, role) {
	if r == plain && onlySysmon[name] {
		return name, proof
	}
	return name, r
}

// ecsRoots are the first parts of ECS names that a document of Linux events may begin with.
var ecsRoots = map[string]bool{"event": true, "process": true, "file": true, "network": true, "host": true, "user": true, "agent": true,
	"destination": true, "source": true, "dns": true, "ecs": true, "data_stream": true, "group": true, "Target": true, "container": true}

// topRoles are the keys by which documents are told apart.
var topRoles = map[string]role{
	"Event": eventUpper, "System": system, "EventData": eventData, "event_data": eventData, "winlog": winlog, "data": data, "_source": source, "fields": fields,
	"_index": index, "_id": index, "result": result, "preview": preview, "_raw": rawText, "MESSAGE": journal, "message": message, "Message": message,
	"log": logText, "msg": message, "MessageText": message, "SyslogMessage": azureText, "full_log": fullLog, "event": event,
	"event.original": eventOriginal, "event.category": category, "event.action": category, "event.kind": category, "event.type": category,
	"process": ecsPart, "file": ecsPart, "network": ecsPart, "destination": ecsPart, "ecs": ecsPart, "user": ecsPart,
	"_HOSTNAME": host, "host": host, "hostname": host, "Hostname": host, "HostName": host, "host.name": host, "host.hostname": host,
	"agent":                agent,
	"__REALTIME_TIMESTAMP": realtime, "time": stamp, "_time": stamp, "timestamp": stamp, "@timestamp": stamp, "date": stamp,
	"TimeGenerated": stamp, "EventTime": stamp, "source": origin, "sourcetype": sourcetype,
	"SYSLOG_IDENTIFIER": identifier, "_COMM": identifier, "ident": identifier, "ProcessName": identifier, "appname": appName,
	"columns": columns, "output_fields": outputFields, "event_simpleName": simpleName, "SYSCALL": laurel, "EXECVE": laurel,
	"PROCTITLE": laurel, "_AUDIT_TYPE_NAME": auditName, "stream": stream,
}
