package main

func helpState(p *sheet) error {
	p.heading("WHAT IT IS FOR")
	p.paragraph("  ", "  ", "`spoor detect --state DIR` keeps in a folder how far each rule was evaluated, up to where each log was read, and which findings were told. So runs by cron may overlap, start late or be missed, and logs may be renamed, copied and emptied, or compressed meanwhile: each finding is told once, and what was missed is searched. `spoor schedule` and detect -F keep the same; search and eql -F keep up to where they wrote rows.")
	p.paragraph("  ", "  ", "What is known is of one set of logs: the paths of --data as they are given, from whatever folder, and --host. Several sets may share a folder. Rules are known by their id, and without one by their name: a rule that changes goes on where it was. One that is seen for the first time begins with its last tick, or with the time that --earliest says, or else with the beginning of the logs.")
	p.heading("WHICH TIME IS SEARCHED")
	p.rows([]row{
		{"--scheduled", "for each rule the windows of all ticks that became due since the last run, in order; each goes back to where the one before ended. See `spoor help schedules`"},
		{"--earliest, --latest", "this window; it goes back to where the last run ended, if that was before it"},
		{"neither", "all that came since the last run"},
	})
	p.paragraph("  ", "  ", "--catch-up says how far back from now a run goes for what was missed, a day if nothing else is said. What is longer ago is not searched: a warning says so, also with -q, and `spoor status` lists it as a gap.")
	p.heading("WHAT COMES LATE")
	p.paragraph("  ", "  ", "Late is what was written to a log after a run had read it, with a time before that up to which a rule was evaluated: the windows that it belongs to are answered once more, as far back as --catch-up reaches. A last line without an end, a log that could not be read or was not there for a while (up to --remember), and a host that lags behind need nothing else: what comes of them later is late. A sequence that ends with an event that must be missing (![ ]) is told when its maxspan is over; it is not taken back when that event comes after all.")
	p.heading("WHAT IS TOLD")
	p.rows([]row{
		{"new", "a finding that no run has told"},
		{"update", "one that was told and has grown since, such as a group that has later events; `seen` is how many times it was told"},
		{"again", "one that an earlier run was about to tell, and perhaps told, when it ended before its time"},
	})
	p.paragraph("  ", "  ", "What was told before and has not grown is counted only. An event is known by its host and what it says, wherever it stands; a sequence by its events; a group by the fields that it is grouped by; a row of which nothing of that is known by all of its values. A sequence may begin before a window: it counts where it ends. --remember says for how long findings are known after they were told, 30 days if nothing else is said. `spoor help suppression` says what else is not told; `spoor help findings` where it all stands in a finding.")
	p.heading("WHAT IS SAID AGAIN")
	p.paragraph("  ", "  ", "An error, such as a log that cannot be read, is said by each run until it is mended. A warning, such as that of rules without a schedule, is said by the first run that has it and not by the next ones with the same rules, until it has gone away and come back; -v says it each time, and its line at the end counts them: warnings=2. -q leaves warnings to a run without it, but for the times over which a rule was not evaluated.")
	p.heading("WHEN A RUN ENDS BEFORE ITS TIME")
	p.paragraph("  ", "  ", "Before a run writes its findings it notes which ones, and behind it that they were written and how far it came, each on the disk at once. So after a crash, a full disk (exit code 3, with a word about what was told) or kill -9 the next run does the whole of it anew: nothing is lost, and what may have been written already is marked `again`. Two runs with one folder never work at once: the second one does nothing and exits 0, with -v a line says so; nobody need call --lock.")
	p.paragraph("  ", "  ", "A state that is damaged is moved aside and said to be, with exit code 3: a new one begins, which tells everything anew. One of another version of spoor is converted or refused by name, and not touched then. If the clock is put back, runs wait until it has caught up.")
	p.heading("THE FOLDER")
	p.rows([]row{
		{"state.db", "what is known. Only who runs spoor may read it. A run that finds most of it unused makes it smaller"},
		{"lock, state.lock", "who is at work; they may stay"},
		{"times.index", "where in the logs which times stand, so that a window of a large log is read in an instant. It is made anew if it is missing"},
		{"starts-*.index", "where in the logs processes start, if a rule asks what process an event is of, so that a run need not read the days before its window to find out. They take up to a hundredth of what the logs take, and are made anew if they are missing"},
	})
	p.paragraph("  ", "  ", "`spoor status --state DIR` says how far the runs came and what they missed, `spoor silence` keeps findings that are known from being told. The folder may be copied while nothing runs. To begin anew, remove it; silences go with it.")
	return nil
}
