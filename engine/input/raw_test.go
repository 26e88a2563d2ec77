package input

import (
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"spoor/engine/column"
)

// rawLog is records of many sources, those of auditd as they are on a real host, and with digits, pieces and names in every place.
func rawLog(t testing.TB) string {
	t.Helper()
	var b strings.Builder
	for _, name := range []string{"otrf_auditd.log", "splunk_security_content_linux_auditd_syscall.log", "splunk_security_content_linux_auditd_add_user.log",
		"splunk_security_content_linux_auditd_path.log", "splunk_security_content_linux_secure.log", "splunk_security_content_osquery.log", "otrf_auoms.ndjson.gz"} {
		f, err := os.Open("format/testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		var r io.Reader = f
		if strings.HasSuffix(name, ".gz") {
			if r, err = gzip.NewReader(f); err != nil {
				t.Fatal(err)
			}
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString(strings.TrimSpace(string(text)) + "\n")
	}
	for _, line := range []string{
		`type=EXECVE msg=audit(1604994497.155:1): argc=2 a0="nice" a1_len=6 a1[0]="needle" a1[1]="less"`,
		`type=SYSCALL msg=audit(1604994497.155:2): arch=c00000b7 syscall=221 comm=6E6565646C652031 auid=1000 uid=0`,
		`type=SYSCALL msg=audit(1604994497.155:2): arch=c00000b7 syscall=221 comm="ID=" exe="/bin/ls" auid=1000 uid=0`,
		`node=web7 type=USER_CMD msg=audit(1604994497.155:3): uid=0 msg='cwd="/" cmd=6E6565646C65202D6C res=success'` + "\x1d" + `UID="root"`,
		`{"MESSAGE":"type=PROCTITLE msg=audit(1604994497.155:4): proctitle=6E6565646C65","note":"UID=\"x\""}`,
		`{"MESSAGE":"type=SYSCALL msg=audit(1604994497.155:4): arch=c000003e syscall=2 comm=\"x\"","note":"ARCH="}`,
		`type=EXECVE msg=audit(1604994497.155:7): argc=2 a0="nice" a1=6E6565646C6520`, `type=1321 audit(1604994497.155:8): fver=0`,
		`{"_AUDIT_TYPE_NAME":"EXECVE","MESSAGE":"EXECVE argc=1 a0=6E6565646C65"}`, `Aug  7 13:01:06 web1 audit[7]: EXECVE argc=1 a0=6E6565646C65`,
		`{"ID":"1604994497.155:5","NODE":"web8","EXECVE":{"argc":2,"ARGV":["needle","x"]},"PROCTITLE":{"ARGV":["needle","x"]}}`,
		`Aug  7 13:01:06 web1 kernel: audit: type=1327 audit(1604994497.155:6): proctitle="needle"`,
		`Aug  7 13:01:06 web1 app[7]: state=needle path="/a needle"`, `{"a":["needle",{"b":"needle"}],"c":"n\u0065edle"}`, `needle`, ``,
		strings.TrimSpace(flat(1, 7, "2025-03-20 07:23:00.837", "", `,"CommandLine":"needle"`)),
	} {
		b.WriteString(line + "\n")
	}
	return b.String()
}

func rawDemand() Demand { return Demand{All: true, JSON: true, Text: true, Braces: true} }

// rawRows is all events of a scan as text, by position.
func rawRows(t testing.TB, in Inputs, c Config) map[int64]map[string]string {
	t.Helper()
	out := map[int64]map[string]string{}
	err := New(in, c).Run(t.Context(), []Consumer{func(kind string, b *column.Batch) (bool, error) {
		offsets := column.ToValues(b.Col("_offset"))
		for i, name := range b.Schema.Names {
			for row, v := range column.ToValues(b.Cols[i]) {
				at := offsets[row].Int()
				if out[at] == nil {
					out[at] = map[string]string{"\x00kind": kind}
				}
				if !v.IsNull() {
					out[at][name] = column.Format(v, time.UTC)
				}
			}
		}
		return false, nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// No search for a piece of a value loses a record that has the value, however the record writes it.
func TestNeedlesInRawEvents(t *testing.T) {
	in := text(t, rawLog(t))
	all := rawRows(t, in, Config{Demand: rawDemand(), Full: true})
	values := map[string]bool{}
	for _, row := range all {
		for name, v := range row {
			if !slices.Contains(extras, name) && name != "\x00kind" && len(v) >= 3 {
				values[strings.ToUpper(v)] = true
			}
		}
	}
	if len(all) < 30 || len(values) < 130 {
		t.Fatalf("%d records with %d values", len(all), len(values))
	}
	for v := range values {
		d := rawDemand()
		d.Needles = []string{v}
		found := rawRows(t, in, Config{Demand: d, BlockSize: 2000})
		for at, row := range all {
			for name, has := range row {
				if !slices.Contains(extras, name) && strings.EqualFold(has, v) && found[at] == nil {
					t.Errorf("a search for %q loses %s=%q of %s", v, name, has, row["_raw"])
				}
			}
		}
	}
	d := rawDemand()
	d.Needles = []string{"no such text"}
	if n := len(rawRows(t, in, Config{Demand: d})); n == 0 || n > len(all)*3/4 {
		t.Errorf("%d of %d records are looked at for nothing", n, len(all))
	}
}

func TestRawColumns(t *testing.T) {
	folder := t.TempDir()
	file := func(name, content string) Input {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return Input{Path: path, Size: int64(len(content))}
	}
	in := Inputs{
		file("audit.log", "type=PATH msg=audit(1723043687.149:14898): item=1 name=\"/x\"\nnode=web1 type=CWD msg=audit(1723043687.149:14898): cwd=\"/\"\n"),
		file("auth.log.1", "Mar  1 10:00:00 web2 anything: UtcTime=2020-01-01 host.name=evil\n"),
		file("messages", "Mar  1 10:00:00 web2 kernel: x\nno prefix\n"),
		file("x.json", `{"host":"web3","time":1,"a":1}`+"\n"+`{"hostIdentifier":"web4","unixTime":2,"columns":{}}`+"\n"+`{"a":1}`+"\n"),
		file("hec.json", `{"time":3,"host":"web5","source":"s","sourcetype":"auditd","event":"type=PATH msg=audit(1723043687.149:14898): item=1"}`+"\n"),
	}
	run := func(c Config) string {
		c.Demand = rawDemand()
		c.Now = time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC).UnixNano()
		got := rowsOf(t, New(in, c), 1, "_time", "host", "source", "sourcetype")
		return strings.ReplaceAll(strings.Join(got, "\n"), folder+"/", "")
	}
	want := `auditd/PATH|1723043687.149|unknown|audit.log|linux:audit
auditd/CWD|1723043687.149|web1|audit.log|linux:audit
text|1772359200|web2|auth.log.1|linux_secure
text|1772359200|web2|messages|syslog
text||unknown|messages|text
json|1|web3|x.json|_json
osquery|2|web4|x.json|osquery:results
json||unknown|x.json|_json
auditd/PATH|1723043687.149|web5|s|auditd`
	if got := run(Config{}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	want = strings.NewReplacer("unknown", "lab1", "linux:audit", "mine", "|auditd", "|mine", "|syslog", "|other", "|linux_secure", "|other", "|text", "|other",
		"|osquery:results", "|other").Replace(want)
	if got := run(Config{Host: "lab1", Sourcetypes: map[string]string{"auditd": "mine", "json": "_json", "": "other"}}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestRawLedger(t *testing.T) {
	in := text(t, rawLog(t))
	s := New(in, Config{Demand: rawDemand()})
	rowsOf(t, s, 1, "_raw")
	l := s.Ledger().Total
	if l.Events()+l.Blank != l.Records || l.Blank != 1 || l.Kinds["text"] != 3 || l.Kinds["auditd/AUOMS_EXECVE"] != 3 || l.Kinds["sysmon/1"] != 1 || len(l.Unsupported) > 0 {
		t.Errorf("got %+v", l)
	}
	d := rawDemand()
	d.Text, d.JSON = false, false
	s = New(in, Config{Demand: d})
	rowsOf(t, s, 1, "_raw")
	l = s.Ledger().Total
	if l.Events() != 1 || l.Unsupported["auditd"] < 15 || l.Unsupported["osquery"] != 1 || l.Other < 3 {
		t.Errorf("not asked for: got %+v", l)
	}
}

func TestSourcetypes(t *testing.T) {
	for name, want := range map[string]string{
		"auditd": "[auditd linux:audit linux_audit linux:auditd]", "linux:audit": "[linux:audit auditd linux_audit linux:auditd]", "Sysmon:Linux": "[Sysmon:Linux sysmon_linux]",
		"syslog": "[syslog]",
	} {
		if got := fmt.Sprint(Sourcetypes(name)); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}
