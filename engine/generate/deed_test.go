package generate

import (
	"cmp"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

const (
	viaSystemd = "Suspicious Network Connection via systemd"
	wildcards  = viaSystemd + " (wildcards)"
)

// A deed is what a sequence looks at: the start of a process or a connection.
type deed struct {
	at               time.Time
	record           uint64
	computer, host   string
	process, parent  string // ids; the parent of a connection's process is empty if nothing tells it
	name, parentName string // of starts
	connects         bool
}

// deeds reads the starts and the connections to the outside from any form.
func deeds(t *testing.T, form string, data []byte) []deed {
	if form == "ecs" {
		return deedsOfECS(t, data)
	}
	var list []deed
	parents := map[[2]string]string{}
	for _, d := range decodeAll(t, form, data) {
		at, err := time.Parse(time.RFC3339, d["SystemTime"])
		if err != nil {
			t.Fatal(err)
		}
		record, _ := strconv.ParseUint(d["EventRecordID"], 10, 64)
		id := func(guid, pid string) string { return strings.Trim(d[guid], "{}") + ":" + d[pid] }
		e := deed{at: at, record: record, computer: d["Computer"], host: d["Computer"], process: id("ProcessGuid", "ProcessId")}
		switch {
		case d["EventID"] == "1":
			e.name, e.parentName, e.parent = path.Base(d["Image"]), path.Base(d["ParentImage"]), id("ParentProcessGuid", "ParentProcessId")
			parents[[2]string{e.host, e.process}] = e.parent
		case d["EventID"] == "3" && d["Initiated"] == "true":
			e.connects = true
		default:
			continue
		}
		list = append(list, e)
	}
	for i := range list {
		list[i].parent = parents[[2]string{list[i].host, list[i].process}]
	}
	return list
}

func deedsOfECS(t *testing.T, data []byte) []deed {
	var list []deed
	for _, line := range lines(data) {
		var e ecsEvent
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		d := deed{at: e.Timestamp, record: e.Event.Sequence, computer: e.Host.Name, host: e.Host.ID, process: e.Process.EntityID,
			parent: e.Process.Parent.EntityID}
		switch e.Event.Action {
		case "exec":
			d.name, d.parentName = path.Base(e.Process.Executable), path.Base(e.Process.Parent.Executable)
		case "connection_attempted":
			d.connects = true
		default:
			continue
		}
		list = append(list, d)
	}
	return list
}

var listed = []string{"python*", "php*", "perl", "ruby", "lua*", "openssl", "nc", "netcat", "ncat", "telnet", "awk"}

func isListed(detection, name string) bool {
	return slices.ContainsFunc(listed, func(pattern string) bool {
		prefix, open := strings.CutSuffix(pattern, "*")
		return name == pattern || open && detection == wildcards && strings.HasPrefix(name, prefix)
	})
}

// hits finds the sequences as the published rule asks for them, without any of the generator's code.
func hits(detection string, list []deed) []string {
	slices.SortFunc(list, func(a, b deed) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.record, b.record)) })
	begun := map[[2]string]deed{}
	var found []string
	for _, d := range list {
		if d.connects {
			key := [2]string{d.host, d.parent}
			first, ok := begun[key]
			delete(begun, key)
			if ok && d.at.Sub(first.at) <= 5*time.Second {
				found = append(found, hit(d.computer, d.host, d.parent, first.record, d.record))
			}
		} else if d.parentName == "systemd" && isListed(detection, d.name) {
			begun[[2]string{d.host, d.process}] = d
		}
	}
	slices.Sort(found)
	return found
}

func hit(computer, host, entity string, first, second uint64) string {
	return fmt.Sprintf("%s (%s) %s: %d, %d", computer, host, entity, first, second)
}

func wanted(truth Truth, detection string) []string {
	var list []string
	for _, s := range truth.Sequences(detection) {
		list = append(list, hit(s.Events[0].Computer, s.HostID, s.EntityID, s.Events[0].EventRecordID, s.Events[1].EventRecordID))
	}
	slices.Sort(list)
	return list
}
