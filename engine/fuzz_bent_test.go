package engine_test

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"spoor/engine/generate"
)

// TestBentRecordsAgree asks of generated logs of which some records were bent, where most are alike: what the scan learns of one record it
// must not believe of another. FuzzBent is for finding new ones.
func TestBentRecordsAgree(t *testing.T) { askMany(t, max(*cases/4, 1), agreeOnBent) }

func FuzzBent(f *testing.F) { fuzz(f, agreeOnBent) }

// straight is the records of a generated log of each form.
var straight = sync.OnceValue(func() map[string][]string {
	out := map[string][]string{}
	for _, form := range generate.Forms() {
		for seed := range uint64(3) {
			var b bytes.Buffer
			if _, err := generate.Write(context.Background(), &b, generate.Config{Events: 40, Attacks: 20, Seed: seed, Form: form}); err != nil {
				panic(err)
			}
			out[form] = append(out[form], strings.SplitAfter(b.String(), "\n")...)
		}
	}
	return out
})

// scans is searches that ask little of many fields, or much of few.
var scans = []string{
	"search * | table _time host EventID Image CommandLine ParentImage User ProcessGuid TargetFilename DestinationIp process.name message",
	"search EventID=1 CommandLine=*s* | stats count values(Image) by User",
	"search e NOT EventID=3 | stats count min(_time) max(_time) by EventID host",
	`search Image="*bash" OR process.executable="*bash" OR systemctl`,
	"| tstats count min(_time) max(_time) from datamodel=Endpoint.Processes by Processes.process_name Processes.parent_process_name Processes.user",
	"| tstats dc(Processes.process) from datamodel=Endpoint.Processes where Processes.process=*e* by _time span=1h Processes.dest",
	`| tstats count from datamodel=Endpoint.Processes where Processes.process_name IN ("systemctl","bash","sh","sudo") by Processes.process Processes.process_guid`,
	"| tstats count values(Filesystem.file_path) from datamodel=Endpoint.Filesystem by Filesystem.process_guid Filesystem.dest",
	"| tstats count from datamodel=Network_Traffic.All_Traffic by All_Traffic.dest_ip All_Traffic.dest_port All_Traffic.app",
}

// agreeOnBent bends a log and asks it in all ways, and says whether there were rows.
func agreeOnBent(t *testing.T, dir string, choices []byte) bool {
	t.Helper()
	d := &dice{left: choices}
	q := madeUp{file: filepath.Join(dir, "events.log"), early: []string{d.pick(scans)}}
	return q.agree(t, d.bentLog())
}

// bentLog is records of one form, some of which were bent.
func (d *dice) bentLog() (out []string) {
	records := straight()[d.pick(generate.Forms())]
	at := d.roll(len(records))
	for range 2 + d.roll(40) {
		record := records[at%len(records)]
		if at++; d.oneIn(2) {
			for range 1 + d.roll(3) {
				record = d.bend(record)
			}
		}
		out = append(out, record)
	}
	return out
}

// marks is what changes the meaning of a record if it stands where it should not.
var marks = []string{
	`"`, `\`, "<", ">", "&", "{", "}", "[", "]", ",", ":", "\x00", "\xff", " ", "\t", "\r", "\n", "é", "\u212a", "ſ", `\u0073`, `\"`, "&#115;", "&lt;", "&lt ", "#011", "<!--", "<![CDATA[",
	"null", "</Data>", `","`, `":"`, strings.Repeat("x", 64), strings.Repeat(`\\`, 32),
}

// bend changes a record in one place.
func (d *dice) bend(r string) string {
	if r == "" {
		return r
	}
	i := d.roll(min(len(r), 1<<16))
	j := i + d.roll(len(r)-i+1)
	switch d.roll(8) {
	case 0:
		return r[:i] + d.pick(marks) + r[i:]
	case 1:
		return r[:i] + r[i+1:]
	case 2:
		return r[:i] + d.pick(marks) + r[i+1:]
	case 3: // a letter by its number
		if strings.HasPrefix(strings.TrimSpace(r), "{") {
			return fmt.Sprintf(`%s\u%04x%s`, r[:i], r[i], r[i+1:])
		}
		return fmt.Sprintf("%s&#%d;%s", r[:i], r[i], r[i+1:])
	case 4:
		return r[:i]
	case 5:
		return r[:j] + r[i:j] + r[j:]
	}
	return d.shuffle(r)
}

// shuffle puts a field of a record elsewhere, or leaves it where it is as well.
func (d *dice) shuffle(r string) string {
	separator := `,"`
	if strings.Contains(r, "<Data ") {
		separator = "<Data "
	}
	parts := strings.Split(r, separator)
	if len(parts) < 4 {
		return r
	}
	from, to := 1+d.roll(len(parts)-2), 1+d.roll(len(parts)-2)
	part := parts[from]
	if d.oneIn(2) {
		parts = slices.Delete(parts, from, from+1)
	}
	return strings.Join(slices.Insert(parts, min(to, len(parts)-1), part), separator)
}
