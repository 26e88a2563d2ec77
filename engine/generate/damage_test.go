package generate

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestParseDamage(t *testing.T) {
	withCRLF := Realistic()
	withCRLF[CRLF], withCRLF[Duplicates] = 1, 0.25
	for list, want := range map[string]Damage{
		"": {}, "none": {}, "realistic": Realistic(), "realistic, crlf,duplicates=0.25": withCRLF, "missing": {Missing: 0.002}, "crlf=0": {},
	} {
		if got, err := ParseDamage(list); err != nil || got != want {
			t.Errorf("%q: %v, %v, want %v", list, got, err, want)
		}
	}
	for list, want := range map[string]string{
		"rust":         `unknown damage "rust": use none, realistic, foreign`,
		"missing=most": `the rate of damage "missing" is not a number: "most"`,
		"missing=1.5":  `must be from 0 to 1, not 1.5`,
		"missing=NaN":  `must be from 0 to 1, not NaN`,
		"foreign=1":    `must be at most 0.95, not 1`,
		"realistic=1":  `unknown damage "realistic"`,
	} {
		if _, err := ParseDamage(list); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", list, err, want)
		}
	}
	if n := len(DamageNames()); n != damageKinds+2 {
		t.Errorf("%d names of damage", n)
	}
}

func damaged(t *testing.T, form string, d Damage) ([]string, Truth) {
	t.Helper()
	data, truth := write(t, Config{Form: form, Events: 4000, Seed: 6, Attacks: 4, Damage: d})
	return lines(data), truth
}

// Whatever the damage, the planted events are where the truth says, and whole.
func TestDamageSparesThePlanted(t *testing.T) {
	for form, decode := range decoders {
		c := Config{Form: form, Events: 8000, Seed: 6, Attacks: 8, Damage: Realistic()}
		c.Damage[CRLF], c.Damage[Duplicates], c.Damage[Truncated], c.Damage[Swapped] = 1, 0.3, 0.3, 0.8
		data, truth := write(t, c)
		if len(truth.Planted) < 200 {
			t.Fatalf("%s: only %d planted", form, len(truth.Planted))
		}
		times := map[string]int{}
		for line := range strings.Lines(string(data)) {
			times[line]++
		}
		for _, p := range truth.Planted {
			record := string(data[p.Offset : p.Offset+int64(p.Length)])
			d, err := decode(strings.TrimSuffix(record, "\r\n"))
			if err != nil {
				t.Fatalf("%s: %v in %q", form, err, record)
			}
			if d["Computer"] != p.Computer || p.EventID == 1 && d["CommandLine"] != p.CommandLine {
				t.Fatalf("%s: %v, truth says %+v", form, d, p)
			}
			if times[record] != 1 {
				t.Fatalf("%q is there %d times", record, times[record])
			}
		}
	}
}

func TestDamageLeavesTheEventsAlone(t *testing.T) {
	_, whole := damaged(t, "flat", Damage{})
	_, broken := damaged(t, "flat", Realistic())
	if !maps.Equal(whole.ByEventID, broken.ByEventID) || len(whole.Planted) != len(broken.Planted) || whole.Last != broken.Last {
		t.Errorf("damage changed what happened: %v and %v", whole.ByEventID, broken.ByEventID)
	}
}

func TestForeignLinesAndBanner(t *testing.T) {
	got, truth := damaged(t, "syslog", Damage{Foreign: 0.5, Banners: 1})
	events := 0
	for i, line := range got {
		_, err := decodeSyslog(line)
		if err == nil {
			events++
		}
		if i < 14 && !strings.Contains(line, " sysmon[") {
			t.Errorf("line %d is no banner: %s", i+1, line)
		}
	}
	others := len(got) - events
	if events != 4000 || others != truth.Damage["foreign"]+truth.Damage["banners"] || others < 3700 || others > 4300 {
		t.Errorf("%d events, %d other lines, truth says %v", events, others, truth.Damage)
	}
	got, truth = damaged(t, "journald", Damage{Foreign: 0.5})
	if len(got) != 4000+truth.Damage["foreign"] || truth.Damage["foreign"] < 3000 {
		t.Errorf("%d entries, truth says %v", len(got), truth.Damage)
	}
	for _, line := range got {
		if !json.Valid([]byte(line)) {
			t.Fatalf("invalid JSON: %s", line)
		}
	}
}

func TestCRLF(t *testing.T) {
	for _, form := range Forms() {
		got, truth := damaged(t, form, Damage{CRLF: 1, Foreign: 0.2, Banners: 1, Duplicates: 0.1})
		for _, line := range got {
			if !strings.HasSuffix(line, "\r") || strings.Count(line, "\r") != 1 {
				t.Fatalf("%s: %q", form, line)
			}
		}
		if want := 4000 + truth.Damage["foreign"] + truth.Damage["banners"] + truth.Damage["duplicates"]; len(got) != want {
			t.Errorf("%s: %d lines, want %d", form, len(got), want)
		}
	}
}

func TestDuplicates(t *testing.T) {
	got, truth := damaged(t, "flat", Damage{Duplicates: 0.1})
	distinct := slices.Compact(slices.Sorted(slices.Values(got)))
	if len(distinct) != 4000 || len(got) != 4000+truth.Damage["duplicates"] || truth.Damage["duplicates"] < 300 {
		t.Errorf("%d lines, %d distinct, truth says %v", len(got), len(distinct), truth.Damage)
	}
}

func TestTruncated(t *testing.T) {
	got, truth := damaged(t, "syslog", Damage{Truncated: 1})
	cut := 0
	for _, line := range got {
		if !strings.HasSuffix(line, "</Event>") {
			cut++
			if !slices.Contains(cuts, len(line)) {
				t.Fatalf("cut at %d bytes", len(line))
			}
		}
	}
	if cut != truth.Damage["truncated"] || cut < 500 {
		t.Errorf("%d truncated, truth says %v", cut, truth.Damage)
	}
}

func TestSemicolons(t *testing.T) {
	got, truth := damaged(t, "syslog", Damage{Semicolons: 1})
	spoilt := 0
	for _, line := range got {
		if strings.Contains(line, "&quot ") || strings.Contains(line, "&lt ") || strings.Contains(line, "&gt ") || strings.Contains(line, "&amp ") {
			spoilt++
		}
	}
	if spoilt < 30 || spoilt > truth.Damage["semicolons"] {
		t.Errorf("%d lines without semicolons, truth says %v", spoilt, truth.Damage)
	}
}

func TestSpoiltCommands(t *testing.T) {
	d := Damage{Controls: 0.2, Invalid: 0.2, Newlines: 0.2}
	for _, c := range []struct {
		form string
		want []string
	}{
		{"syslog", []string{"#007#002", "&#07;&#02;", "caf\xe9", "#012exit 0 #033[0m"}},
		{"xml", []string{"\a\x02", "&#07;&#02;", "caf\xe9", "\nexit 0 "}},
		{"flat", []string{`\u0007\u0002`, "caf\ufffd", `\nexit 0 \u001b[0m`}},
		{"evtx", []string{`\u0007\u0002`, "caf\ufffd", `\nexit 0 \u001b[0m`}},
		{"ecs", []string{`\u0007\u0002`, "caf\ufffd", `\nexit 0 \u001b[0m`}},
		{"journald", []string{`"MESSAGE":[60,69,118`, `&#07;&#02;`, `\nexit 0 &#27;[0m`}},
	} {
		got, truth := damaged(t, c.form, d)
		text := strings.Join(got, "\n")
		for _, want := range c.want {
			if !strings.Contains(text, want) {
				t.Errorf("%s: no %q", c.form, want)
			}
		}
		if truth.Damage["controls"] == 0 || truth.Damage["invalid"] == 0 || truth.Damage["newlines"] == 0 {
			t.Errorf("%s: truth says %v", c.form, truth.Damage)
		}
		raw := c.form == "syslog" || c.form == "xml"
		if utf8.ValidString(text) == raw {
			t.Errorf("%s: valid UTF-8 is %v", c.form, !raw)
		}
	}
}

func TestMissingElements(t *testing.T) {
	for form, decode := range decoders {
		got, truth := damaged(t, form, Damage{Missing: 1})
		for _, line := range got {
			if _, err := decode(line); err != nil {
				t.Fatalf("%s: %v in %s", form, err, line)
			}
		}
		if want := 4000 - len(truth.Planted); truth.Damage["missing"] < want-50 || truth.Damage["missing"] > want+50 {
			t.Errorf("%s: %d planted, truth says %v", form, len(truth.Planted), truth.Damage)
		}
	}
}

func TestJournalOddities(t *testing.T) {
	got, truth := damaged(t, "journald", Damage{ByteArrays: 0.1, NullMessages: 1})
	arrays, nulls := 0, 0
	for _, line := range got {
		var e struct{ MESSAGE json.RawMessage }
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		switch {
		case e.MESSAGE[0] == '[':
			arrays++
			var numbers []int
			if err := json.Unmarshal(e.MESSAGE, &numbers); err != nil {
				t.Fatal(err)
			}
			text := make([]byte, len(numbers))
			for i, n := range numbers {
				text[i] = byte(n)
			}
			if _, err := decodeXML(string(text)); err != nil {
				t.Fatal(err)
			}
		case string(e.MESSAGE) == "null":
			nulls++
		}
	}
	if arrays < 300 || arrays > truth.Damage["bytearrays"] || nulls == 0 || nulls != truth.Damage["null"] {
		t.Errorf("%d arrays, %d nulls, truth says %v", arrays, nulls, truth.Damage)
	}
}

func TestSwapped(t *testing.T) {
	whole, _ := damaged(t, "flat", Damage{})
	got, truth := damaged(t, "flat", Damage{Swapped: 0.5})
	swaps := 0
	for i := 1; i < len(got); i++ {
		a, _ := decodeFlat(got[i-1])
		b, _ := decodeFlat(got[i])
		if a["SystemTime"] > b["SystemTime"] {
			swaps++
		}
	}
	if swaps < 300 || swaps > truth.Damage["swapped"] {
		t.Errorf("%d swaps, truth says %v", swaps, truth.Damage)
	}
	if !slices.Equal(slices.Sorted(slices.Values(whole)), slices.Sorted(slices.Values(got))) {
		t.Error("swapping changed the lines")
	}
}
