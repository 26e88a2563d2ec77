package schedule

import (
	"fmt"
	"strings"
)

// LongestCron is how long a command of a crontab may be: cron of Debian and others of its family take no more.
const LongestCron = 998

// Crontab is the job as a crontab: that of a user or, with a job's user, a file of /etc/cron.d.
func Crontab(j Job) string {
	var b strings.Builder
	where := "for crontab -e"
	if j.User != "" {
		where = "/etc/cron.d/spoor"
	}
	fmt.Fprintf(&b, "# %s\n# %s\n", where, j.About)
	if j.MailTo != "" {
		fmt.Fprintf(&b, "MAILTO=%s\n", j.MailTo)
	}
	fmt.Fprintf(&b, "%s * * * * ", j.Minutes)
	if j.User != "" {
		b.WriteString(j.User + " ")
	}
	b.WriteString(CronCommand(j.Command) + "\n")
	return b.String()
}

// CronCommand is a command as a line of a crontab has it, which goes through cron and then through a shell. A line break cannot be written.
func CronCommand(command []string) string {
	words := make([]string, len(command))
	for i, word := range command {
		words[i] = cronWord(word)
	}
	return strings.Join(words, " ")
}

// cronWord quotes a word for the shell, and for cron, which ends a command at % unless \ stands before it. Some crons make one \ of two: nowhere here
// is a \ of the word before another one, or before a %.
func cronWord(word string) string {
	if plain(word) {
		return word
	}
	var b strings.Builder
	b.WriteByte('\'')
	for i := range len(word) {
		switch c := word[i]; {
		case c == '\'':
			b.WriteString(`'\''`)
		case c == '%':
			b.WriteString(`\%`)
		case c == '\\' && i+1 < len(word) && (word[i+1] == '\\' || word[i+1] == '%'):
			b.WriteString(`\''`)
		default:
			b.WriteByte(c)
		}
	}
	b.WriteByte('\'')
	return b.String()
}
