package generate

import "strconv"

// journald renders an entry of the journal, whose MESSAGE is the XML.
type journald struct {
	xml     *markup
	message []byte
}

func newJournald(Config) renderer { return &journald{xml: newMarkup(oldXML(), newerXML())} }

func (j *journald) render(dst []byte, e *event) []byte {
	j.message = j.xml.event(j.message[:0], e)
	dst = j.head(dst, e, "sysmon", e.host.sysmon)
	dst = append(dst, `,"_EXE":"/opt/sysmon/sysmon","_CMDLINE":"/opt/sysmon/sysmon -i /opt/sysmon/config.xml -service","_SYSTEMD_UNIT":"sysmon.service","MESSAGE":`...)
	switch {
	case e.lost && len(j.message) > 4096:
		return append(dst, "null}\n"...)
	case e.undecipherable:
		return append(appendByteArray(dst, j.message), "}\n"...)
	}
	return append(appendEscaped(append(dst, '"'), jsonEscape, j.message), "\"}\n"...)
}

// foreign appends an entry of another program.
func (j *journald) foreign(dst []byte, e *event, text string) []byte {
	dst = append(j.head(dst, e, "systemd", 1), `,"MESSAGE":"`...)
	return append(appendEscaped(dst, jsonEscape, text), "\"}\n"...)
}

func (j *journald) head(dst []byte, e *event, program string, pid uint32) []byte {
	dst = strconv.AppendInt(append(dst, `{"__REALTIME_TIMESTAMP":"`...), e.system, 10)
	dst = strconv.AppendInt(append(dst, `","_SOURCE_REALTIME_TIMESTAMP":"`...), e.system-40, 10)
	dst = append(append(dst, `","PRIORITY":"6","SYSLOG_FACILITY":"1","SYSLOG_IDENTIFIER":"`...), program...)
	dst = appendBSD(append(dst, `","SYSLOG_TIMESTAMP":"`...), e.system)
	dst = append(append(dst, ` ","_TRANSPORT":"syslog","_HOSTNAME":"`...), e.host.name...)
	dst = append(append(dst, `","_UID":"0","_GID":"0","_COMM":"`...), program...)
	dst = strconv.AppendUint(append(dst, `","_PID":"`...), uint64(pid), 10)
	dst = append(append(dst, `","_MACHINE_ID":"`...), e.host.machineID...)
	dst = append(append(dst, `","_BOOT_ID":"`...), e.host.bootID...)
	return append(dst, '"')
}

// appendByteArray writes bytes as journalctl writes what it does not take for text.
func appendByteArray(dst, src []byte) []byte {
	dst = append(dst, '[')
	for i, b := range src {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = strconv.AppendUint(dst, uint64(b), 10)
	}
	return append(dst, ']')
}
