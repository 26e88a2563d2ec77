package main

func helpCron(p *sheet) error {
	p.heading("WHICH TIME")
	p.paragraph("  ", "  ", "search and eql --every PERIOD search the last whole period before --now, by the clock on the wall of --tz, however late the run starts. A period fits evenly into a minute, an hour or a day (30s, 15m, 1h, 6h), or is 1d, 1w (from Sunday) or 1mon: runs one after another search every moment once, also on days of 23 and 25 hours. The search runs as if it began at the tick, the end of the period: --earliest, --latest, now() and the times in the search count from there.")
	p.paragraph("  ", "  ", "--lag 10m searches the period that ended ten minutes before the tick, for events that come late. --earliest and --latest go before the period; with --earliest -75m, windows overlap. A run that was missed is not made up for, and what two windows hold is told twice: detect --state makes up for the one and knows the other, see `spoor help state`. With -F --every the search stays, and answers every period: see `spoor help following`.")
	p.heading("TWO RUNS AT ONCE")
	p.paragraph("  ", "  ", "--lock FILE of search, eql and detect: while another run holds the lock a run does nothing and exits 0; with -v a line says so. The lock is the kernel's (flock), and free however its holder ends, so that no lock is ever left behind. The file stays; in it is the number of the process that had it last. A folder that is missing is made.")
	p.heading("NAMES OF FILES")
	p.paragraph("  ", "  ", "In --to, "+directives+" behind a % stand for parts of the time: that of the tick with --every, else of --now, in the zone of --tz. A run that starts late, or again, writes the same file: one that is there is replaced, and none is seen half written. Folders that the time names are made; those before them must be there. A name in which no % is followed by one of these letters is taken as it is. In a crontab, % is written \\%.")
	p.heading("WHAT IS SAID")
	p.rows([]row{
		{"-q", "nothing at all unless something was found, went wrong or was lost: no names of columns, no empty list, no word about data that are not there, unless --require-data asks for them; detect --state says which times were not searched. A file of --to is written in any case"},
		{"-v", "at the end a line of keys and values, such as spoor: found=3 read=12.3MB records=40210 took=0.21s window=2024-05-06T09:00:00Z..2024-05-06T10:00:00Z; a value with blanks stands in quotes"},
		{"-q -v", "that line, and what -q lets through"},
	})
	p.paragraph("  ", "  ", "Where the error stream goes straight to the journal (JOURNAL_STREAM), each line of it has a level: that of errors <3>, of warnings <4>, and <6> else, so that journalctl -p warning shows what needs somebody. What is found has none: SyslogLevel= of the unit says which it gets. Exit codes are the same as ever: see `spoor help exit-codes`.")
	p.paragraph("  ", "  ", "Tables are drawn with - | + and ~ where LC_ALL, LC_CTYPE or LANG name a locale other than UTF-8, and where none of them is set and the output is no terminal, as with cron.")
	return nil
}
