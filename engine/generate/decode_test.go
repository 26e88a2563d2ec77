package generate

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// A decoded event is what a reader of any form gets: the fields of System and EventData under Sysmon's names.
type decoded map[string]string

type xmlEvent struct {
	System struct {
		EventID, Version, Level, Task, EventRecordID, Channel, Computer string
		TimeCreated                                                     struct {
			SystemTime string `xml:",attr"`
		}
		Execution struct {
			ProcessID string `xml:",attr"`
		}
	}
	EventData struct {
		Data []struct {
			Name string `xml:",attr"`
			Text string `xml:",chardata"`
		}
	}
}

func decodeXML(text string) (decoded, error) {
	var e xmlEvent
	if err := xml.Unmarshal([]byte(text), &e); err != nil {
		return nil, err
	}
	s := e.System
	d := decoded{"EventID": s.EventID, "EventRecordID": s.EventRecordID, "Computer": s.Computer, "Channel": s.Channel,
		"SystemTime": s.TimeCreated.SystemTime, "ProcessID": s.Execution.ProcessID}
	for _, f := range e.EventData.Data {
		d[f.Name] = f.Text
	}
	return d, nil
}

var octal = regexp.MustCompile(`#[0-3][0-7][0-7]`)

// decodeSyslog undoes the daemon's octal escapes, which no command of the test has as text but after an ampersand.
func decodeSyslog(line string) (decoded, error) {
	_, event, ok := strings.Cut(line, " sysmon: ")
	if !ok {
		return nil, fmt.Errorf("no tag")
	}
	d, err := decodeXML(event)
	for name, value := range d {
		if !strings.Contains(value, "&#") {
			d[name] = octal.ReplaceAllStringFunc(value, func(s string) string {
				n, _ := strconv.ParseUint(s[1:], 8, 8)
				return string(rune(n))
			})
		}
	}
	return d, err
}

func decodeFlat(line string) (decoded, error) {
	var d decoded
	err := json.Unmarshal([]byte(line), &d)
	for _, name := range []string{"Name", "Guid", "Version", "Level", "Task", "Opcode", "Keywords", "ThreadID", "UserId"} {
		if d["EventID"] != "4" || name != "Version" {
			delete(d, name)
		}
	}
	return d, err
}

func decodeEvtx(line string) (decoded, error) {
	var e struct {
		Event struct {
			System struct {
				EventID, EventRecordID int
				Channel, Computer      string
				TimeCreated, Execution struct {
					Attributes map[string]any `json:"#attributes"`
				}
			}
			EventData decoded
		}
	}
	if err := json.Unmarshal([]byte(line), &e); err != nil {
		return nil, err
	}
	d, s := e.Event.EventData, e.Event.System
	d["EventID"], d["EventRecordID"] = strconv.Itoa(s.EventID), strconv.Itoa(s.EventRecordID)
	d["Channel"], d["Computer"] = s.Channel, s.Computer
	d["SystemTime"] = fmt.Sprint(s.TimeCreated.Attributes["SystemTime"])
	d["ProcessID"] = fmt.Sprint(s.Execution.Attributes["ProcessID"])
	return d, nil
}

func decodeJournald(line string) (decoded, error) {
	var e struct{ MESSAGE string }
	if err := json.Unmarshal([]byte(line), &e); err != nil {
		return nil, err
	}
	return decodeXML(e.MESSAGE)
}

var decoders = map[string]func(string) (decoded, error){
	"syslog": decodeSyslog, "xml": decodeXML, "flat": decodeFlat, "evtx": decodeEvtx, "journald": decodeJournald,
}

func write(t *testing.T, c Config) ([]byte, Truth) {
	t.Helper()
	var buf bytes.Buffer
	truth, err := Write(context.Background(), &buf, c)
	if err != nil {
		t.Fatal(err)
	}
	return buf.Bytes(), truth
}

func lines(data []byte) []string {
	return strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
}

func decodeAll(t *testing.T, form string, data []byte) []decoded {
	t.Helper()
	var list []decoded
	for i, line := range lines(data) {
		d, err := decoders[form](line)
		if err != nil {
			t.Fatalf("%s, line %d: %v\n%s", form, i+1, err, line)
		}
		list = append(list, d)
	}
	return list
}
