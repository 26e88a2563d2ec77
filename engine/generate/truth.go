package generate

import (
	"fmt"
	"strings"
	"time"
)

// Truth says what a run holds, so that a search over it can be judged.
type Truth struct {
	Form      string         `json:"form"`
	Seed      uint64         `json:"seed"`
	Hosts     int            `json:"hosts"`
	Events    int            `json:"events"`
	Bytes     int64          `json:"bytes"`
	First     time.Time      `json:"first"`
	Last      time.Time      `json:"last"`
	ByEventID map[int]int    `json:"by_event_id"`
	Damage    map[string]int `json:"damage"` // how often each kind of damage was done
	Planted   []Planted      `json:"planted"`
}

// Planted is one event that a detection must find, or must not. If MustMatch, the detection named finds this event, in
// any form; and it finds no event of the run that is not listed so. A detection that looks for sequences finds exactly
// those that Sequences tells.
type Planted struct {
	Technique string `json:"technique"`
	Detection string `json:"detection,omitempty"` // empty: no published search is known to see it
	MustMatch bool   `json:"must_match"`
	Note      string `json:"note,omitempty"`     // what is special about it
	Form      string `json:"form,omitempty"`     // the only form in which MustMatch holds; empty: any
	Sequence  int    `json:"sequence,omitempty"` // numbers planted sequences from 1; 0: the detection looks for single events
	Stage     int    `json:"stage,omitempty"`    // in a sequence: 1 or 2, for what it is or pretends to be; 0: joins those two

	EventID         int       `json:"event_id"`
	Computer        string    `json:"computer"`
	HostID          string    `json:"host_id,omitempty"` // of a sequence's events: the host in the ecs form
	EventRecordID   uint64    `json:"event_record_id"`
	ProcessGUID     string    `json:"process_guid"`
	EntityID        string    `json:"entity_id"` // the process in the ecs form
	ProcessID       uint32    `json:"process_id"`
	ParentProcessID uint32    `json:"parent_process_id,omitempty"`
	Time            time.Time `json:"time"` // UtcTime, or SystemTime if they are over 60 s apart
	UtcTime         time.Time `json:"utc_time"`
	SystemTime      time.Time `json:"system_time"`
	User            string    `json:"user"`
	Image           string    `json:"image"`
	ParentImage     string    `json:"parent_image,omitempty"`
	CommandLine     string    `json:"command_line,omitempty"`
	TargetFilename  string    `json:"target_filename,omitempty"`
	Offset          int64     `json:"offset"` // of the record's first byte in the output
	Length          int       `json:"length"` // of the record, with its newline
}

// Matches lists the planted events that a detection must find in the form of the run.
func (t Truth) Matches(detection string) []Planted {
	var found []Planted
	for _, p := range t.Planted {
		if p.Detection == detection && p.MustMatch && (p.Form == "" || p.Form == t.Form) {
			found = append(found, p)
		}
	}
	return found
}

// A Sequence is what a detection must find: its events in order, and what joins them.
type Sequence struct {
	HostID   string // host.id
	EntityID string // process.entity_id of the first event's process, which is the parent of the second one's
	Events   []Planted
}

// Sequences lists the planted sequences that a detection must find, in the order of their last events and in the terms of
// the form of the run.
func (t Truth) Sequences(detection string) []Sequence {
	var found []Sequence
	begun := map[int]Planted{}
	for _, p := range t.Matches(detection) {
		switch p.Stage {
		case 1:
			begun[p.Sequence] = p
		case 2:
			first := begun[p.Sequence]
			host, entity := first.join(t.Form)
			found = append(found, Sequence{HostID: host, EntityID: entity, Events: []Planted{first, p}})
		}
	}
	return found
}

// join is what tells the host and the process of p from all others, in a form.
func (p Planted) join(form string) (host, entity string) {
	if form == "ecs" {
		return p.HostID, p.EntityID
	}
	return p.Computer, fmt.Sprintf("%s:%d", strings.ToLower(strings.Trim(p.ProcessGUID, "{}")), p.ProcessID)
}

// A mark on a step of a scene says what a detection must make of its event.
type mark struct {
	technique, detection string
	match                bool
	note                 string

	form                    string // the only one in which it matches, or empty
	sequence, stage, events int    // of a sequence: its number, which of its events this is, and how many are marked
	next                    *mark  // of the same event, for another detection
}

func (m *mark) planted(e *event, offset int64, length int) Planted {
	p := Planted{
		Technique: m.technique, Detection: m.detection, MustMatch: m.match, Note: m.note,
		Form: m.form, Sequence: m.sequence, Stage: m.stage,
		EventID: e.kind.id, Computer: e.host.name, EventRecordID: e.record,
		ProcessGUID: string(e.appendGUID(nil, e.proc)), EntityID: string(appendEntity(nil, e.host, e.proc)),
		ProcessID: e.proc.pid, User: e.user, Image: e.image, TargetFilename: e.target,
		Time:    time.UnixMilli(e.moment()).UTC(),
		UtcTime: time.UnixMilli(e.utc).UTC(), SystemTime: time.UnixMicro(e.system).UTC(),
		Offset: offset, Length: length,
	}
	if e.kind == create {
		p.CommandLine, p.ParentProcessID, p.ParentImage = e.command, e.parent.pid, e.parentImage()
	}
	if m.sequence > 0 {
		p.HostID = e.host.machineID
	}
	return p
}
