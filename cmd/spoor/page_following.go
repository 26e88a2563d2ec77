package main

func helpFollowing(p *sheet) error {
	p.heading("WHAT IS FOLLOWED")
	p.paragraph("  ", "  ", "search, eql and detect with -F go on until they are interrupted, with what is appended to files, with files that appear in folders or under patterns, and with pipes; when all inputs are pipes, and have ended, so do they. They begin with what comes next; with --earliest, with what is there already.")
	p.paragraph("  ", "  ", "A file may be renamed, copied and emptied, or compressed: it is read to its end under whatever name, and what is a copy of it is not read again. Of one that was emptied without a copy beside it, it is said how much had not been read. What is not there yet is waited for. Changes are noticed at once where the system tells of them, and within a second elsewhere, as on file systems of the network or when there are more folders than it can watch.")
	p.heading("WHAT IS TOLD, AND WHEN")
	p.rows([]row{
		{"events", "within a second"},
		{"sequences", "within about a second of their last event, in logs that are written now; in older logs, or with a --lag that is named, when it is over. Events may come late and in another order; one that must be missing (![ ]) is waited for until maxspan and --lag are over, and so is one that may end the sequence (until), for --lag"},
		{"aggregates", "by periods: see below"},
	})
	p.paragraph("  ", "  ", "Rows are appended as NDJSON, or with -o as a table, hec or bulk; there is no --to, since no file is ever whole: use >>. What can only be known at the end is refused by name. A pipe behind it (| jq) gets each row at once. Interrupted (Ctrl-C) the exit code is 130.")
	p.heading("BY PERIODS")
	p.paragraph("  ", "  ", "search and eql -F --every PERIOD answer what needs all events of a time for every period when it is over and --lag has passed, beginning with the one that is going on, or with --earliest. Without --every, the span of `bin _time span=5m` or `timechart span=5m` is the period. Only what can hold the period is read, under whatever name a log has by then; a last line without an end waits for it. Times in the search count from the end of the period. Of a period without events there are no rows, no count of 0 either. One that could not be answered is tried again, and so are those that a sleeping machine missed; in a search events later than --lag count nowhere. --max-rows is of each period.")
	p.paragraph("  ", "  ", "On a terminal each table takes the place of the one before; else rows are appended as NDJSON, and -o table writes a table for each period, under its time. Files and folders only: a pipe cannot be read again.")
	p.paragraph("  ", "  ", "detect -F answers rules that need all events of a time in passes of their own, beside what is told as it comes: every --every PERIOD; without it by the span of the query, if the groups of each span stand for themselves; else at the ticks of the rule's schedule, over the windows that it says (see `spoor help schedules`). A span shorter than a minute is answered minute by minute. A rule that has neither is left out and named, and so are all of them where a pipe is followed. Rules that are due together share a pass, and -v says how often each is due. Events that come later still have their periods answered again: what is found by that is told. Without --state nothing is suppressed.")
	p.heading("FROM RUN TO RUN")
	p.paragraph("  ", "  ", "With --state DIR all of them go on where the last run ended, however it ended: what came meanwhile is read, sequences that had begun are completed, and each row and finding is told once. What a run that was killed may have told already is told again: a finding says so (`again`), of rows a warning does. See `spoor help state`. Searches and rules by periods go on with the first period that was not answered, as far back as --catch-up; silences and suppression hold as in runs by schedule.")
	p.paragraph("  ", "  ", "A search goes on with its own state: that of the same query over the same logs; the first time it begins at the ends of the logs. Without -F there is no --state for searches: by cron it is --every, or a rule.")
	p.heading("IN THE JOURNAL")
	p.paragraph("  ", "  ", "With -v (with -q nothing but that) a line tells every minute in which something came, and else every hour, how following goes: spoor: following=1m0s found=2 records=120000 read=107.4MB lag=300ms held=18 heldbytes=21.3kB. Under systemd (Type=notify, WatchdogSec) a process that follows says when it is ready and that it lives; SIGTERM ends it with code 0.")
	p.heading("WHAT IS HELD")
	p.paragraph("  ", "  ", "Events that a sequence waits with, and the starts of processes of which others may be asked, are held in bounded memory, for days on end: where the bound bites, the oldest go, which is said. A pipe is kept in files of --temp-dir until it is answered; one that floods has to wait.")
	return nil
}
