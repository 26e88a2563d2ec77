package generate

import (
	"encoding/json"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// A sighting is what a detection sees of an event, in the terms of the CIM.
type sighting struct{ eventID, process, name, path, file string }

func look(d decoded) sighting {
	s := sighting{eventID: d["EventID"], path: d["Image"], name: strings.ToLower(path.Base(d["Image"])), file: d["TargetFilename"]}
	switch d["EventID"] {
	case "1":
		s.process = strings.ToLower(d["CommandLine"])
	case "5":
		s.process = strings.ToLower(d["Image"])
	case "9":
		s.process = "unknown"
	}
	return s
}

func (s sighting) isProcess() bool { return slices.Contains([]string{"1", "5", "9"}, s.eventID) }

func holdsAny(text string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}

var output = regexp.MustCompile(`-o|--output`)

// The published conditions, written once more without any of the generator's code.
var conditions = map[string]func(sighting) bool{
	"Linux Service Restarted": func(s sighting) bool {
		return (s.name == "systemctl" || s.name == "service" || holdsAny(s.process, "systemctl ", "service ")) &&
			holdsAny(s.process, "restart", "reload", "reenable")
	},
	"Linux Ingress Tool Transfer with Curl": func(s sighting) bool { return s.name == "curl" && output.MatchString(s.process) },
	"Linux Shred Overwrite Command":         func(s sighting) bool { return s.name == "shred" && holdsAny(s.process, "-n", "-u", "-z", "-s") },
	"Linux Obfuscated Files or Information Base64 Decode": func(s sighting) bool {
		return strings.HasSuffix(s.path, "/base64") && holdsAny(s.process, "-d")
	},
	"Linux Disable Services": func(s sighting) bool {
		return slices.Contains([]string{"systemctl", "service", "svcadm"}, s.name) && holdsAny(s.process, " disable")
	},
	"Linux Stop Services": func(s sighting) bool {
		return slices.Contains([]string{"systemctl", "service", "svcadm"}, s.name) && holdsAny(s.process, "stop")
	},
	"Linux DD File Overwrite": func(s sighting) bool { return s.name == "dd" && holdsAny(s.process, "of=") },
	"Linux GNU Awk Privilege Escalation": func(s sighting) bool {
		_, after, found := strings.Cut(s.process, "begin")
		return holdsAny(s.process, "gawk") && holdsAny(s.process, "sudo") && found && holdsAny(after, "{system")
	},
	"Linux Adding Crontab Using List Parameter": func(s sighting) bool { return s.name == "crontab" && holdsAny(s.process, " -l") },
	"Linux Setuid Using Chmod Utility": func(s sighting) bool {
		return (s.name == "chmod" || holdsAny(s.process, "chmod ")) && holdsAny(s.process, " g+s ", " u+s ", " 4777 ", " 4577 ")
	},
	"Linux Possible Append Cronjob Entry on Existing Cronjob File": func(s sighting) bool {
		return holdsAny(s.process, "echo") && holdsAny(s.process, "/etc/cron", "/var/spool/cron/", "/etc/anacrontab")
	},
	"Linux Service File Created In Systemd Directory": func(s sighting) bool {
		return strings.HasSuffix(s.file, ".service") && holdsAny(s.file, "/etc/systemd/system", "/lib/systemd/system",
			"/run/systemd/system", "~/.config/systemd/", "~/.local/share/systemd/", "/etc/systemd/user", "/lib/systemd/user", "/run/systemd/user")
	},
}

func TestTruthIsExact(t *testing.T) {
	for _, profile := range Profiles() {
		data, truth := write(t, Config{Form: "flat", Profile: profile, Events: 20_000, Seed: 11, Attacks: 40})
		marks := map[[2]string][]Planted{}
		for _, p := range truth.Planted {
			d := decodedAt(t, data, p)
			key := [2]string{d["Computer"], d["EventRecordID"]}
			marks[key] = append(marks[key], p)
		}
		seen := map[string]int{}
		for _, d := range decodeAll(t, "flat", data) {
			s := look(d)
			for detection, holds := range conditions {
				if (detection == "Linux Service File Created In Systemd Directory") == s.isProcess() {
					continue
				}
				got := holds(s)
				want := slices.ContainsFunc(marks[[2]string{d["Computer"], d["EventRecordID"]}], func(p Planted) bool {
					return p.Detection == detection && p.MustMatch
				})
				if got != want {
					t.Errorf("%s: %s: condition %v, truth %v: %v", profile, detection, got, want, d)
				}
				if got {
					seen[detection]++
				}
			}
		}
		for detection := range conditions {
			if seen[detection] == 0 || seen[detection] != len(truth.Matches(detection)) {
				t.Errorf("%s: %s matched %d events, truth has %d", profile, detection, seen[detection], len(truth.Matches(detection)))
			}
		}
	}
}

// decodedAt reads the event that p points to and compares what both say.
func decodedAt(t *testing.T, data []byte, p Planted) decoded {
	t.Helper()
	line := string(data[p.Offset : p.Offset+int64(p.Length)])
	if strings.Count(line, "\n") != 1 || line[len(line)-1] != '\n' {
		t.Fatalf("the bytes at %d are no line: %q", p.Offset, line)
	}
	d, err := decodeFlat(strings.TrimSuffix(line, "\n"))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"Computer": p.Computer, "ProcessGuid": p.ProcessGUID, "User": p.User, "Image": p.Image,
		"CommandLine": p.CommandLine, "TargetFilename": p.TargetFilename, "ParentImage": p.ParentImage,
		"SystemTime": p.SystemTime.Format("2006-01-02T15:04:05.000000000Z"), "UtcTime": p.UtcTime.Format("2006-01-02 15:04:05.000")} {
		if d[name] != want {
			t.Errorf("%s is %q, truth says %q: %s", name, d[name], want, line)
		}
	}
	if off := p.SystemTime.Sub(p.UtcTime).Abs(); off > time.Minute && p.Time != p.SystemTime.Truncate(time.Millisecond) || off < time.Minute && p.Time != p.UtcTime {
		t.Errorf("time %v of %v and %v", p.Time, p.UtcTime, p.SystemTime)
	}
	return d
}

func TestEverySceneIsPlanted(t *testing.T) {
	_, truth := write(t, Config{Form: "flat", Events: 50_000, Seed: 5, Attacks: 40})
	notes := map[string]bool{}
	for _, p := range truth.Planted {
		notes[p.Technique+p.Note] = true
	}
	for _, name := range []string{"restarts", "decoys", "attacks"} {
		for _, s := range readScenes(name, testCatalog()) {
			for _, st := range s.steps {
				for _, m := range []*mark{st.start, st.end, st.created} {
					if m != nil && !notes[m.technique+m.note] {
						t.Errorf("never planted: %s (%s)", m.technique, m.note)
					}
				}
			}
		}
	}
}

func TestUsualDensity(t *testing.T) {
	_, truth := write(t, Config{Form: "flat", Events: 200_000, Seed: 2, Attacks: 1})
	decoys := 0
	for _, p := range truth.Planted {
		if p.Detection == "Linux Service Restarted" && !p.MustMatch {
			decoys++
		}
	}
	if n := len(truth.Matches("Linux Service Restarted")); n < 60 || n > 140 || decoys < 850 || decoys > 1150 {
		t.Errorf("%d restarts and %d decoys in 200,000 events, want about 100 and 1,000", n, decoys)
	}
	for _, n := range []int{20, 100, 1000} {
		if _, truth := write(t, Config{Form: "flat", Events: n, Attacks: 1}); len(truth.Matches("Linux Service Restarted")) == 0 {
			t.Errorf("no restart among %d events", n)
		}
	}
	if _, truth := write(t, Config{Form: "flat", Events: 50_000}); len(truth.Planted) > 0 {
		t.Errorf("%d events planted without attacks", len(truth.Planted))
	}
}

func TestTruthAsJSON(t *testing.T) {
	_, truth := write(t, Config{Form: "ecs", Events: 2000, Attacks: 3})
	text, err := json.Marshal(truth)
	if err != nil {
		t.Fatal(err)
	}
	var back Truth
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(back.Planted, truth.Planted) || back.Bytes != truth.Bytes {
		t.Errorf("%+v came back as %+v", truth, back)
	}
	for _, p := range truth.Planted {
		if p.Time.IsZero() || p.EntityID == "" || p.Technique == "" {
			t.Errorf("incomplete: %+v", p)
		}
	}
}
