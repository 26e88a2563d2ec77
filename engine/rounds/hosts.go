package rounds

import (
	"slices"

	"spoor/engine/column"
	"spoor/engine/detect"
	"spoor/engine/rules"
	"spoor/engine/schedule"
	"spoor/engine/state"
	"spoor/grammar/source"
)

// listening is the search that finds out which hosts there were events of. It is answered with the rules, and nobody is told of it.
var listening = &rules.Rule{
	Name: "\x00hosts", Language: rules.SPL,
	Query: source.New("hosts", "* | stats count min(_time) as first max(_time) as last by host").All(),
}

// listen is the window over which the hosts are looked for: from where they were looked for last, or from the first late event, up to now. The first
// time it begins with the first of the windows.
func (r *round) listen(jobs []detect.Job) detect.Job {
	w := schedule.Window{Tick: r.now(), From: moment(r.marks[listening.Name].Until), To: r.now()}
	if w.From.IsZero() && len(jobs) > 0 {
		w.From = slices.MinFunc(jobs, func(a, b detect.Job) int { return a.Window.From.Compare(b.Window.From) }).Window.From
	}
	if late, ok := r.late(listening); ok && !w.From.IsZero() {
		w.From = moment(min(late.first, w.From.UnixNano()))
	}
	if oldest := r.oldest(); w.From.Before(oldest) {
		w.From = oldest
	}
	return detect.Job{Rule: listening, Window: w}
}

// heard takes the outcome of the search for hosts from the others, and notes what it says.
func (r *round) heard(report *detect.Report) error {
	known, err := r.store.Hosts(r.options.Set)
	if err != nil {
		return err
	}
	before := map[string]state.Host{}
	for _, h := range known {
		before[h.Name] = h
	}
	for i, x := range report.Outcomes {
		if x.Rule != listening {
			continue
		}
		report.Outcomes = append(report.Outcomes[:i:i], report.Outcomes[i+1:]...)
		if x.Program == nil || x.Verdict == detect.Failed {
			return nil
		}
		for _, f := range report.FoundBy(x) {
			row := f.Rows[0]
			name, _ := row.Get("host")
			first, _ := row.Get("first")
			last, _ := row.Get("last")
			count, _ := row.Get("count")
			h := before[name.String()]
			h.Name = name.String()
			r.out.change.Hosts = append(r.out.change.Hosts, h.Heard(nanoseconds(first), nanoseconds(last), count.Int()))
		}
		r.out.change.Marks = map[string]state.Mark{listening.Name: {Until: r.now().UnixNano(), Run: r.out.Run.ID}}
		return nil
	}
	return nil
}

// nanoseconds is a time in seconds since 1970.
func nanoseconds(v column.Value) int64 {
	seconds, _ := v.Number()
	return int64(seconds * 1e9)
}
