package bench

import (
	"fmt"
	"strings"
)

// dialect is what databases say differently, mostly patterns with one place.
type dialect struct {
	table        func(columns string) string // the file as a table
	kind, lacked string                      // of a column of texts, and of one that some events lack
	base         string                      // the last part of a path
	time         string                      // of a text
	milliseconds string                      // of a time
	hour         string                      // of a time
	differ       string                      // how many different values there are
	wanted       string                      // behind a query: how its rows are to be written
}

func duckdb(workload string, d *Data) []string {
	return asked("duckdb", []string{"-jsonlines", "-c"}, dialect{
		table: func(columns string) string {
			return `read_json(` + quoted(d.Flat) + `, format = 'newline_delimited', columns = {` + columns + `})`
		},
		kind: `"%s": 'VARCHAR'`, lacked: `"%s": 'VARCHAR'`,
		base: `parse_filename(%s)`, time: `CAST(%s AS TIMESTAMP)`, milliseconds: `EPOCH_MS(%s)`, hour: `DATE_TRUNC('hour', %s)`, differ: `COUNT(DISTINCT %s)`,
	}.query(workload, d.ID))
}

func clickhouse(workload string, d *Data) []string {
	return asked("clickhouse", []string{"local", "--query"}, dialect{
		table: func(columns string) string { return `file(` + quoted(d.Flat) + `, JSONEachRow, '` + columns + `')` },
		kind:  `"%s" String`, lacked: `"%s" Nullable(String)`,
		base: `extract(%s, '[^/]*$')`, time: `parseDateTime64BestEffort(%s, 3, 'UTC')`, milliseconds: `toUnixTimestamp64Milli(%s)`, hour: `toStartOfHour(%s)`,
		differ: `uniqExact(%s)`, wanted: ` SETTINGS input_format_column_name_matching_mode = 'match_case' FORMAT JSONEachRow`,
	}.query(workload, d.ID))
}

// asked is a command line that ends with a query, or nil without one.
func asked(program string, flags []string, query string) []string {
	if query == "" {
		return nil
	}
	return append(append([]string{program}, flags...), query)
}

// query asks what a workload asks; "" if it cannot be said.
func (x dialect) query(workload, id string) string {
	switch workload {
	case "selective":
		return `SELECT COUNT(*) AS n, MIN(t), MAX(t), parent_process_name, process_name, parent_process, process, ProcessId, ParentProcessId, Computer, account FROM ` +
			x.processes() + ` WHERE (LOWER(process_name) IN ('systemctl', 'service') OR ` + anyOf("systemctl", "service") + `) AND (` +
			anyOf("restart", "start", "enable", "reload") + `) AND ParentProcessId IS NOT NULL GROUP BY ALL` + x.wanted
	case "group":
		return `SELECT COUNT(*) AS n, MIN(t), MAX(t), process_name, parent_process_name, account FROM ` + x.processes() + ` GROUP BY ALL` + x.wanted
	case "process":
		return `SELECT * FROM ` + x.events("ProcessGuid") + ` WHERE ProcessGuid = ` + quoted(id) + x.wanted
	case "distinct":
		return `SELECT ` + in(x.differ, "process") + ` AS n, ` + in(x.hour, "t") + ` AS hour, Computer FROM ` + x.processes() + ` GROUP BY ALL` + x.wanted
	}
	return ""
}

// processes is the events of processes as the data model has them: what it says of those without a parent, and which of two times holds.
func (x dialect) processes() string {
	utc, system := in(x.time, "UtcTime"), in(x.time, "SystemTime")
	return fmt.Sprintf(`(SELECT CASE WHEN ABS(%s - %s) > 60000 THEN %s ELSE %s END AS t, %s AS process_name, COALESCE(%s, 'unknown') AS parent_process_name,`+
		` CASE EventID WHEN '1' THEN CommandLine WHEN '5' THEN Image ELSE 'unknown' END AS process, COALESCE(ParentCommandLine, 'unknown') AS parent_process,`+
		` ProcessId, ParentProcessId, Computer, "User" AS account FROM %s WHERE EventID IN ('1', '5', '9'))`,
		in(x.milliseconds, system), in(x.milliseconds, utc), system, utc, in(x.base, "Image"), in(x.base, "ParentImage"), x.events())
}

// events is the table of all events, with the columns that processes needs and more.
func (x dialect) events(more ...string) string {
	var columns []string
	for _, c := range append(more, "EventID", "UtcTime", "SystemTime", "Image", "CommandLine", "ProcessId", "Computer", "User") {
		columns = append(columns, in(x.kind, c))
	}
	for _, c := range []string{"ParentImage", "ParentCommandLine", "ParentProcessId"} {
		columns = append(columns, in(x.lacked, c))
	}
	return x.table(strings.Join(columns, ", "))
}

// anyOf is a condition: the process has one of the words, whatever their case.
func anyOf(words ...string) string {
	var out []string
	for _, w := range words {
		out = append(out, "process ILIKE '%"+w+"%'")
	}
	return strings.Join(out, " OR ")
}

// in puts a text in the place of a pattern.
func in(pattern, text string) string { return strings.Replace(pattern, "%s", text, 1) }

func quoted(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }
