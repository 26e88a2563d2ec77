package main

import "spoor/engine/rules"

func helpTests(p *sheet) error {
	p.heading("TESTS BESIDE RULES")
	p.paragraph("  ", "  ", "The tests of restarts.yml, or restarts.toml, are in restarts.test.yml beside it. It holds a test, or a list of tests:")
	p.WriteString(`
      - name: two services restart
        data: logs/restarts.json
        negative: [logs/quiet.json]
        exactly: 2
        expect:
        - {dest: web1, process_name: systemctl}
        - {dest: web2, user: [alice, bob]}

`)
	p.rows(rowsOf(rules.SidecarKeys(), keyRow))
	p.paragraph("  ", "  ", "Values of expect are as ndjson has them; texts that read as numbers are compared as such. Of a sequence the columns may be those of any one event. Each finding counts for one row of expect, in any order.")
	p.paragraph("  ", "  ", "Without now a rule searches all times, and what its query takes for now is the time of the newest event. With it, the rule runs by its schedule, and no more findings count than its max_signals; a relative now, such as +10m, is counted from the newest event.")
	p.heading("TESTS OF SECURITY_CONTENT")
	p.paragraph("  ", "  ", "The logs of tests: are looked for below --data-root, from the datasets/ of their addresses on; a path that is no address is meant from --data-root or from the folder of the rule. There must be a finding, unless pass_condition says how many. All times are searched. The sourcetype, the source and the host of the test are those of the events, if all its logs have the same.")
	p.heading("HOW TESTS END")
	p.rows([]row{
		{"PASS", "what must be found was found, and nothing else that must not be"},
		{"FAIL", "it was not; the reasons name what the rule wanted to see and the logs do not have"},
		{"SKIP", "there are no logs, the rule has no test, or its kind cannot run here; with --strict that is FAIL"},
		{"ERROR", "the rule does not compile, its test makes no sense, or the logs cannot be read"},
	})
	p.paragraph("  ", "  ", "A log of which there is only the pointer that Git LFS leaves in its place counts as missing: the reason says which command gets it.")
	return nil
}
