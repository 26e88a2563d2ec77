package engine_test

import (
	"fmt"
	"strings"
	"testing"

	"spoor/engine"
	"spoor/engine/column"
	"spoor/engine/generate"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

// Rows that carry their proof are those of the search without: of all queries of the examples.
func TestProvenRows(t *testing.T) {
	logs := append(everyKind(t), generated(t, generate.Config{Events: 300, Attacks: 2, Seed: 3}))
	plain, proven := exampleQueriesWith(t, engine.Options{}), exampleQueriesWith(t, engine.Options{Evidence: 3})
	at := point{workers: 2, batchRows: 7, blockSize: 512, rewrites: true, prefilter: true, memory: 1}
	want, got := together(t, plain, logs, allOn), together(t, proven, logs, at)
	for i := range want {
		diff(t, plain[i].name+" with proofs", got[i].rows+got[i].errors, want[i].rows+want[i].errors)
	}
}

// proofText is the number of records of a proof, and by line from 0 where in the log the first of them stand.
func proofText(v column.Value, lineOf map[int64]int) string {
	count, lines := int64(0), ""
	for _, item := range v.Items() {
		if item.Int() < 0 {
			count = -item.Int()
			continue
		}
		_, offset := column.UnpackPosition(item.Int())
		lines += fmt.Sprintf(" %d", lineOf[offset])
	}
	if lines == "" {
		return ""
	}
	return fmt.Sprintf("%d:%s", max(count, 1), lines)
}

func TestProofs(t *testing.T) {
	lines := []string{
		`{"EventID":"1","Computer":"a","UtcTime":"2024-05-06 10:00:01.000","Image":"/bin/x"}`,
		`{"EventID":"1","Computer":"b","UtcTime":"2024-05-06 10:00:02.000","Image":"/bin/x"}`,
		`{"EventID":"1","Computer":"a","UtcTime":"2024-05-06 10:00:03.000","Image":"/bin/y"}`,
		`{"EventID":"1","Computer":"a","UtcTime":"2024-05-06 10:00:04.000","Image":"/bin/x"}`,
		`{"EventID":"1","Computer":"a","UtcTime":"2024-05-06 10:00:05.000","Image":"/bin/x"}`,
	}
	log := writeLog(t, strings.Join(lines, "\n")+"\n")
	lineOf := map[int64]int{}
	at := int64(0)
	for i, line := range lines {
		lineOf[at] = i
		at += int64(len(line)) + 1
	}
	for _, c := range []struct {
		language engine.Language
		query    string
		want     string // of each row: number of records, lines
	}{
		{engine.SPL, `EventID=1 Image=/bin/y | table Image`, "1: 2"},
		{engine.SPL, `EventID=1 | stats count by Computer`, "4: 0 2|1: 1"},
		{engine.SPL, `| tstats count from datamodel=Endpoint.Processes by Processes.dest Processes.process_name | rename Processes.* as * | where count>1`, "3: 0 3"},
		{engine.SPL, `EventID=1 | stats count by Computer Image | stats sum(count) as n by Computer | sort - n | fields n`, "4: 0 2|1: 1"},
		{engine.SPL, `EventID=1 | stats count by Computer | eventstats max(count) as m | where count<m`, "1: 1"},
		{engine.SPL, `EventID=1 | stats count`, "5: 0 1"},
		{engine.SPL, `EventID=9 | stats count`, ""},
		{engine.SPL, `EventID=1 | dedup Image | sort Image | table Image`, "1: 4|1: 2"},
		{engine.SPL, `EventID=1 | chart count over Computer`, "4: 0 2|1: 1"},
		{engine.SPL, `EventID=1 | chart count over Computer by Image`, "4: 0 2|1: 1"},
		{engine.SPL, `EventID=1 | chart limit=1 useother=f count over Computer by Image`, "3: 0 3|1: 1"},
		{engine.SPL, `EventID=1 | timechart span=3s count`, "2: 0 1|3: 2 3"},                // from 10:00:00, from 10:00:03
		{engine.SPL, `EventID=1 | timechart bins=2 count | where count > 0`, "4: 0 1|1: 4"}, // of five seconds
		{engine.SPL, `EventID=1 | stats count by Computer Image | chart sum(count) over Image`, "4: 0 1|1: 2"},
		{engine.SPL, `EventID=1 | top limit=1 Image`, "4: 0 1"},
		{engine.SPL, `EventID=1 | rare Image by Computer | fields Image`, "1: 2|3: 0 3|1: 1"},
		{engine.SPL, `EventID=1 | transaction Computer | fields Image`, "1: 1|4: 0 2"},
		{engine.SPL, `EventID=1 | transaction Image Computer | search eventcount=1 | table Image`, "1: 2|1: 1"},
		{engine.SPL, `| union [search EventID=1 Computer=b] [search EventID=1 Image=/bin/y | stats count by Computer]`, "1: 1|1: 2"},
		{engine.SPL, `| set union [search EventID=1 Computer=b | table Computer] [search EventID=1 Image=/bin/y | table Computer]`, "1: 1|1: 2"},
		{engine.SPL, `EventID=1 | sort Image | table Image | uniq`, "1: 4|1: 2"},
		{engine.EQL, `process where process.name == "y"`, "1: 2"},
		{engine.EQL, `sequence by host.name [process where process.name == "x"] [process where process.name == "y"]`, "1: 0|1: 2"},
	} {
		p, errs := engine.Compile(source.New("query", c.query), engine.Options{Language: c.language, Evidence: 2})
		if errs.Failed() {
			t.Fatal(errs)
		}
		for _, o := range []engine.RunOptions{{Workers: 1}, {Workers: 3, BlockSize: 64}, {Workers: 2, BatchRows: 1, BlockSize: 64, Memory: 1}} {
			o.Inputs = open(t, []string{log}, false)
			var rows []string
			for b, err := range p.Run(t.Context(), o).Rows() {
				if err != nil {
					t.Fatal(err)
				}
				for i := range b.Rows {
					rows = append(rows, proofText(b.Col(plan.Proof).Value(i), lineOf))
				}
			}
			if got := strings.Join(rows, "|"); got != c.want {
				t.Errorf("%s with %d workers, memory %d: %s, want %s", c.query, o.Workers, o.Memory, got, c.want)
			}
		}
	}
}
