package main

func helpSchedules(p *sheet) error {
	p.heading("WHEN RULES RUN")
	p.paragraph("  ", "  ", "A rule runs at its ticks: those of a cron, in the zone of --tz, or the multiples of an interval (5m, 60s, 24h, 1d), counted from 1970 in UTC. A rule that has neither runs by no schedule.")
	p.paragraph("  ", "  ", "A cron has five fields: minute, hour, day of the month, month, day of the week. A field is *, a number, a range (1-5), any of these with a step (*/15), or several with commas; months and days of the week have names, too (jan, mon). Days of the week count from 0, Sunday, to 7, Sunday. Where both days are limited, one is enough; a field with a step, such as */2, limits. Instead of fields: @hourly, @daily, @weekly, @monthly, @yearly, or @every 5m. There are no seconds.")
	p.heading("OVER WHICH TIME")
	p.paragraph("  ", "  ", "The earliest and the latest time of a rule count from the tick, not from when the run starts: a late start shifts nothing. The latest moment is not searched; that of EQL rules is, as Elastic has it. Without an earliest time, all times before are searched; without a latest one, it is the tick.")
	p.paragraph("  ", "  ", "A tick that was missed is due still, whatever realtime_schedule says. schedule_window lets a run start later, and never moves what it searches; auto is to start at once.")
	p.heading("SUMMER TIME")
	p.rows([]row{
		{"a time that does not exist", "runs right after the gap: 30 2 * * * at 03:00, once, however many times of the schedule are in the gap. What runs in all hours does not run there: a day of 23 hours has 23 of them"},
		{"a time that comes twice", "runs the first time only, unless the hours are * or */2 and the like: a day of 25 hours has 25 of them"},
	})
	p.heading("AS A SERVICE")
	p.paragraph("  ", "  ", "`spoor schedule RULES --data PATH` runs until it is ended. Rules that are due together are answered in one pass, which tells what it found before the next one begins; a rule that becomes due meanwhile is answered then, for all its ticks. --jitter 2m spreads the rules, and schedule_window those that have one. A rule that was never answered begins with its last tick, one that comes while the service runs with its next. What is found is appended to --to, as NDJSON unless -o says otherwise, or written to the standard output; the file is opened for every round, and may be moved away at any time. With -v a line tells of each round.")
	p.paragraph("  ", "  ", "Rules, macros and lookups are read again a second after their files were changed, or upon SIGHUP. If something is broken that was not, all of it stays as it was, which is said once. Settings of config.yaml and of the environment count from the start. SIGTERM and SIGINT end the service: a round that has begun to tell what it found tells all of it, another one is given up and made up for by the next start. After SIGTERM the exit code is 0.")
	p.paragraph("  ", "  ", "What was told is kept in --state, by default in the folder of STATE_DIRECTORY or ~/.local/state/spoor. systemd is told when the service is ready, that it lives, and when it stops (NOTIFY_SOCKET, WATCHDOG_USEC): Type=notify may be used. A clock that is put back makes nothing due twice: rules wait until it has caught up, which is said.")
	p.heading("CRON AND SYSTEMD")
	p.paragraph("  ", "  ", "`spoor schedule RULES --data PATH --print cron` prints a line of a crontab; with --user, a file of /etc/cron.d; --print systemd prints a service and a timer. Nothing is written. One line runs for all rules, in every hour, in those minutes in which any of them is due; beyond twelve it is every five minutes, unless a rule runs more often. What became due since the last run is done then.")
	p.paragraph("  ", "  ", "Paths are made absolute, since cron and systemd have folders of their own; so are settings of the environment and of config.yaml that matter to runs made flags. Macros, lookups and geoip.mmdb in your config folder are not found by other users: name them by --macros, --lookups, --geoip. The service has no network, sees /home only if something there is named, and writes only where it is told to; what it finds is in the journal: journalctl -u spoor -o cat.")
	return nil
}
