package timerange

import (
	"fmt"
	"strings"
)

// RealTime is the error about a time of a search that goes on and on, such as rt-5m: logs are read to their end, and not followed.
type RealTime struct{ Spec string }

func (e *RealTime) Error() string {
	return fmt.Sprintf("real-time windows such as %q cannot run here, for a log is read to its end and not followed; "+
		"run the search again and again, each time over what is new: earliest=-5m@m latest=@m", e.Spec)
}

func realTime(spec string) error {
	if s := strings.ToLower(strings.TrimSpace(spec)); strings.HasPrefix(s, "rt") {
		return &RealTime{spec}
	}
	return nil
}
