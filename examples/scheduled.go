package examples

import "embed"

//go:embed scheduled
var scheduled embed.FS

// Scheduled is a file about runs by cron and systemd; empty if there is none of the name.
func Scheduled(name string) string {
	text, _ := scheduled.ReadFile("scheduled/" + name)
	return string(text)
}
