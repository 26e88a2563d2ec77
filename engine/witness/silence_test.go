package witness

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// vocabulary is what random records are made of: the texts that rules look for, by the cell of Sysmon's events that may hold them, and all of them.
type vocabulary struct {
	cells map[string][]string
	all   []string
}

// wordsOf is the texts in the smallest events that satisfy the rules, of whatever source.
func wordsOf(t *testing.T) *vocabulary {
	t.Helper()
	v := &vocabulary{cells: map[string][]string{}}
	seen := map[string]bool{}
	for _, r := range rules(t) {
		elastic, _ := newScene(r, ecs, false, false)
		for _, s := range []*scene{sysmonScene(r, sysmonJSON, false), elastic} {
			if s == nil {
				continue
			}
			for _, rec := range s.records() {
				for cell, text := range rec.raw {
					v.cells[cell] = append(v.cells[cell], text)
				}
				for _, texts := range rec.doc.values {
					for _, text := range texts {
						if !seen[text] {
							seen[text] = true
							v.all = append(v.all, text)
						}
					}
				}
			}
		}
	}
	slices.Sort(v.all)
	for _, texts := range v.cells {
		slices.Sort(texts)
	}
	return v
}

// text is something that may stand in a cell.
func (v *vocabulary) text(random *rand.Rand, cell string) string {
	switch list := v.cells[cell]; {
	case len(list) > 0 && random.IntN(3) > 0:
		return list[random.IntN(len(list))]
	case random.IntN(4) == 0:
		return fmt.Sprintf("%x", random.Uint32())
	}
	return v.all[random.IntN(len(v.all))]
}

// records is random events of Sysmon, a second apart, in which no field is empty.
func (v *vocabulary) records(random *rand.Rand, n int) []byte {
	var b strings.Builder
	ids := slices.Sorted(maps.Keys(kinds))
	for i := range n {
		r := &record{id: i + 1, at: time.Duration(i) * time.Second, kind: ids[random.IntN(len(ids))], raw: map[string]string{}}
		for _, cell := range strings.Fields("Computer " + payload[r.kind]) {
			r.raw[cell] = v.text(random, cell)
		}
		process := 1 + random.IntN(n)
		r.raw["ProcessGuid"], r.raw["ProcessId"] = fmt.Sprintf("{C9EB4A87-B9A5-6638-7963-08351%07x}", process), fmt.Sprint(process)
		if i%2 == 0 {
			b.WriteString(flatLine(r))
		} else {
			b.WriteString(xmlLine(r))
		}
	}
	return []byte(b.String())
}

// unsatisfied is searches that are not said to be unable, though no events of Sysmon are found that satisfy them, and why not.
var unsatisfied = map[string]string{
	"detect_html_help_renamed":                      originalName,
	"detect_mshta_renamed":                          originalName,
	"detect_renamed_rclone":                         originalName,
	"suspicious_microsoft_workflow_compiler_rename": originalName,
	"suspicious_msbuild_rename":                     originalName,
	"windows_regsvr32_renamed_binary":               originalName,
	"detect_outlook_exe_writing_a_zip_file":         windowsPath,
	"windows_snake_malware_kernel_driver_comadmin":  windowsPath,
}

const (
	originalName = "on Linux the original name of a program is its name, so that they cannot differ"
	windowsPath  = "no path is tried that is one of Windows and one of Linux"
)

// TestSilence asks for all rules over 10,000 random events of Sysmon. A rule that is said to be unable to find anything in them finds nothing,
// there are no events of Sysmon that satisfy it, and it does find something once there is what it lacks. For a rule of which nothing is said,
// there are events of Sysmon that it finds.
func TestSilence(t *testing.T) {
	exhibits, random := packOf(t), rand.New(rand.NewPCG(1, 2))
	words := wordsOf(t)
	noise := askPack(t, exhibits, words.records(random, 10_000))
	some := words.records(random, 100)
	unable, supplied, quiet := 0, 0, 0
	unmade := map[string]int{}
	for i, x := range exhibits {
		prospect := x.program.Prospect(noise.census)
		switch {
		case prospect.Able && len(prospect.Reasons) > 0:
		case prospect.Able && x.sysmon != nil:
			quiet++
		case prospect.Able && x.other == nil && !x.eql:
			unmade[x.why]++
		case prospect.Able && unsatisfied[x.name] != "":
			unmade[unsatisfied[x.name]]++
		case prospect.Able:
			t.Errorf("%s could find something in events of Sysmon, and none are found that satisfy it", x.name)
		default:
			unable++
			x.lacks(t, noise.rows[i], prospect.Reasons)
			if x.other != nil {
				supplied++
				x.supplied(t, some)
			}
		}
	}
	if unable < 500 || supplied < 400 || quiet < 300 {
		t.Errorf("%d rules are unable, %d of these are supplied with what they lack, %d have witnesses", unable, supplied, quiet)
	}
	t.Logf("%d rules, of which %d are said to be unable, and %d of these find something when they are given it; %d are quiet and have a witness, of others none could be made: %v",
		len(exhibits), unable, supplied, quiet, unmade)
}

// lacks holds that a rule which is said to be unable is.
func (x *exhibit) lacks(t *testing.T, rows int, reasons []string) {
	t.Helper()
	if rows > 0 || x.sysmon != nil || len(reasons) == 0 {
		t.Errorf("%s is said to find nothing since %q; it finds %d rows, and\n%s", x.name, reasons, rows, x.sysmon)
	}
}

// supplied holds that a rule finds the records of another source, and is said to be able to, beside some of Sysmon.
func (x *exhibit) supplied(t *testing.T, some []byte) {
	t.Helper()
	a := askPack(t, []*exhibit{x}, append(slices.Clone(some), x.other...))
	if p := x.program.Prospect(a.census); !p.Able || a.rows[0] == 0 {
		t.Errorf("%s finds %d rows, and is able: %v %q, in\n%s", x.name, a.rows[0], p.Able, p.Reasons, x.other)
	}
}
