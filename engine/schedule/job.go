package schedule

import (
	"fmt"
	"math/bits"
	"strconv"
	"strings"
	"time"
)

// Job is a command that cron or systemd is to run again and again. It does by itself what is due: when it runs only decides how late that is.
// One that stays is run once.
type Job struct {
	Command []string // the program and its arguments, with absolute paths
	About   string   // what it is, in a line
	Minutes Minutes
	Stays   bool          // it does not end: Minutes and Delay mean nothing
	User    string        // who runs it; empty: whose crontab it is, or a user that systemd makes for it
	MailTo  string        // whom cron tells what it wrote
	Delay   time.Duration // how much later systemd may start it
	Memory  int64         // the most bytes that systemd lets it have; 0: any number
	Reads   []string      // the absolute paths that it reads
	Writes  []string      // and the folders in which it writes
}

// Minutes is the minutes of every hour in which something is to be done, a bit for each.
type Minutes uint64

// often is how many times an hour a job runs at most to be there at every tick; beyond it runs every five minutes, unless some rule runs more often.
const often = 12

// MinutesOf is when a job must run that does what the schedules have due, by the clock of the machine's zone. It runs in every hour, also for rules
// that run once a day: what a machine missed while it was off is made up for soon, and summer time moves nothing.
func MinutesOf(list []*Schedule, machine *time.Location) Minutes {
	var all Minutes
	shortest := time.Duration(0)
	for _, s := range list {
		all |= Minutes(s.ticks.minutes(machine))
		if every := s.Every(); shortest == 0 || every < shortest {
			shortest = every
		}
	}
	if bits.OnesCount64(uint64(all)) > often && shortest >= 5*time.Minute {
		all = 0
		for minute := 0; minute < 60; minute += 5 {
			all |= 1 << minute
		}
	}
	return all
}

// list is the minutes one by one, and their distance if that is the same all around the hour, beginning at 0.
func (m Minutes) list() (minutes []int, step int) {
	for minute := range 60 {
		if m>>minute&1 != 0 {
			minutes = append(minutes, minute)
		}
	}
	step = 60 / max(1, len(minutes))
	for i, minute := range minutes {
		if minute != i*step {
			return minutes, 0
		}
	}
	if len(minutes)*step != 60 {
		step = 0
	}
	return minutes, step
}

// Distance is the shortest time from one run to the next.
func (m Minutes) Distance() time.Duration {
	minutes, _ := m.list()
	shortest := 60
	for i, minute := range minutes {
		if i > 0 {
			shortest = min(shortest, minute-minutes[i-1])
		} else {
			shortest = min(shortest, minute+60-minutes[len(minutes)-1])
		}
	}
	return time.Duration(shortest) * time.Minute
}

// String is the minutes as the first field of a cron.
func (m Minutes) String() string {
	switch minutes, step := m.list(); {
	case step == 1:
		return "*"
	case step > 0 && step < 60:
		return "*/" + strconv.Itoa(step)
	default:
		return numbers(minutes, "%d")
	}
}

// calendar is the minutes as systemd writes them.
func (m Minutes) calendar() string {
	switch minutes, step := m.list(); {
	case step == 1:
		return "*-*-* *:*:00"
	case step > 0 && step < 60:
		return fmt.Sprintf("*-*-* *:00/%d:00", step)
	default:
		return "*-*-* *:" + numbers(minutes, "%02d") + ":00"
	}
}

func numbers(list []int, format string) string {
	var out []string
	for _, n := range list {
		out = append(out, fmt.Sprintf(format, n))
	}
	return strings.Join(out, ",")
}

// plain says whether a word needs no quotes anywhere.
func plain(word string) bool {
	return word != "" && strings.Trim(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@+=:,./-") == ""
}
