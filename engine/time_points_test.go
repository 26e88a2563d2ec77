package engine_test

import (
	"testing"
	"time"

	"spoor/engine"
)

const timeEvents = `{"EventID":"5","Computer":"w","UtcTime":"2024-05-15 12:34:55.000","Image":"a"}
{"EventID":"5","Computer":"w","UtcTime":"2024-05-15 12:34:56.000","Image":"now"}
{"EventID":"5","Computer":"w","UtcTime":"2024-05-15 11:34:56.000","Image":"c"}
{"EventID":"5","Computer":"w","UtcTime":"2024-05-15 00:00:00.000","Image":"d"}
{"EventID":"5","Computer":"w","UtcTime":"2024-05-14 22:00:00.000","Image":"e"}
{"EventID":"5","Computer":"w","UtcTime":"2024-05-14 03:00:00.000","Image":"f"}
{"EventID":"5","Computer":"w","UtcTime":"2024-05-12 00:00:00.000","Image":"sunday"}
{"EventID":"5","Computer":"w","UtcTime":"2024-04-30 23:59:59.999","Image":"h"}
{"EventID":"5","Computer":"w","UtcTime":"2024-04-01 00:00:00.000","Image":"i"}
{"EventID":"5","Computer":"w","UtcTime":"2024-02-15 12:34:56.000","Image":"k"}
{"EventID":"5","Computer":"w","UtcTime":"2024-05-16 00:00:00.000","Image":"future"}
`

// timePoints is section 7, behind `EventID=5`: on Wednesday, 15 May 2024, 12:34:56.
var timePoints = []pointCase{
	{"7.1 now", `earliest=@d latest=now`, "a c d", ""},
	{"7.1 now()", `earliest=-59m latest=now()`, "a", ""},
	{"7.1 seconds since 1970", `earliest=1715774096 latest=1715776496`, "a", ""},
	{"7.1 a date", `earliest="05/14/2024:03:00:00" latest="05/14/2024:22:00:00"`, "f", ""},
	{"7.1 an offset before a snap, one behind it", `earliest=-1d@d+3h latest=-1d@d+4h`, "f", ""},
	{"7.1 a snap, then an offset", `earliest=@d-2h latest=@d`, "e", ""},
	{"7.1 no number is one", `earliest=-h`, "a c", ""},
	{"7.1 no offset snaps now", `earliest=@h`, "a", ""},
	{"7.2 units have several names", `earliest=-90minutes@min latest=-3540secs`, "c", ""},
	{"7.2 weeks and years", `earliest=-1year latest=-1week`, "h i k", ""},
	{"7.2 an end before the beginning", `earliest=-1week latest=-1year`, "", "ends before it begins"},
	{"7.2 a quarter begins in April", `earliest=@qtr latest=@quarter+1s`, "i", ""},
	{"7.2 a month", `earliest=-1mon@mon latest=@month`, "h i", ""},
	{"7.2 Sunday is w0", `earliest=@w0 latest=@w0+1s`, "sunday", ""},
	{"7.2 and w7", `earliest=@w7 latest=@w7+1s`, "sunday", ""},
	{"7.2 and w", `earliest=@w latest=@w+1s`, "sunday", ""},
	{"7.2 a snap is downwards", `earliest=@w4 latest=@w4+3d`, "", ""},
	{"7.3 a month back is the same day", `earliest=-3mon latest=-3mon+1s`, "k", ""},
	{"7.4 from the first moment to before the last", `earliest="05/14/2024:22:00:00" latest="05/15/2024:00:00:00"`, "e", ""},
	{"7.4 without an end until now", `earliest=-2s`, "a", ""},
	{"7.4 0 is all time until now", `earliest=0`, "a c d e f h i k sunday", ""},
	{"7.4 and so is 1", `earliest=1`, "a c d e f h i k sunday", ""},
	{"7.5 an end alone", `latest=@y+2mon`, "k", ""},
	{"7.5 other signs", `earliest>-1d`, "", "wants `=`"},
	{"7.5 a window is of the whole search", `Image=a OR earliest=-1d`, "", "whole search"},
	{"7.5 real time", `earliest=rt-5m latest=rt`, "", "real-time"},
	{"7.6 older words", `starthoursago=24 endhoursago=1`, "d e", ""},
	{"7.6 days", `startdaysago=4`, "a c d e f sunday", ""},
	{"7.6 the last days", `daysago=1`, "a c d e", ""},
	{"7.6 the last minutes", `minutesago=2`, "a", ""},
	{"7.6 seconds", `starttimeu=1715774096 endtimeu=1715776496`, "a", ""},
	{"7.6 what cannot run", `searchtimespanhours=5`, "", "earliest=-"},
	{"7.6 nor forms of times", `timeformat=%d starttime=05`, "", "earliest="},
}

var wednesday = time.Date(2024, 5, 15, 12, 34, 56, 0, time.UTC)

func TestTimePoints(t *testing.T) { checkTimes(t, engine.Options{Now: wednesday}, timePoints) }

// TestGivenTimePoints is searches that are given a window: all of yesterday.
func TestGivenTimePoints(t *testing.T) {
	checkTimes(t, engine.Options{Now: wednesday, Earliest: "-1d@d", Latest: "@d"}, []pointCase{
		{"7.5 a search without a window has the given one", `Image=*`, "e f", ""},
		{"7.5 one with a window has that", `earliest=@d latest=+1d`, "a c d future now", ""},
		{"7.5 a beginning alone means until now", `earliest=-2h`, "a c", ""},
		{"7.5 a search in brackets has the given one, too", `earliest=-1y [search EventID=5 Image=* | fields Image]`, "e f", ""},
		{"7.5 or its own, which is not that of the search around it", `[search EventID=5 earliest=-1h | fields Image]`, "", ""},
	})
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	checkTimes(t, engine.Options{Now: wednesday, Earliest: "@d", Latest: "now", Zone: berlin}, []pointCase{
		{"7.3 a day begins where the user is", `Image=*`, "a c d e", ""},
	})
	checkTimes(t, engine.Options{Now: time.Date(2024, 5, 31, 12, 0, 0, 0, time.UTC)}, []pointCase{
		{"7.3 months end on their last day", `earliest=-1mon@d latest=-1mon@d+1d`, "h", ""},
	})
}

// checkTimes asks which events are in a window.
func checkTimes(t *testing.T, o engine.Options, cases []pointCase) {
	t.Helper()
	var asked []pointCase
	for _, c := range cases {
		c.query = "EventID=5 " + c.query + ` | stats values(Image) as found | eval found=mvjoin(found, " ") | where found!=""`
		if c.want != "" {
			c.want = `{"found":"` + c.want + `"}`
		}
		asked = append(asked, c)
	}
	checkPoints(t, timeEvents, o, asked)
}
