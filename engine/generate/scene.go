package generate

// A scene is a tree of processes that belong together, as it is written down.
type scene struct {
	weight float64
	from   string // the daemon at its root
	as     string // whose processes they are
	minute bool   // begins with the minute, as cron's do
	steps  []step
}

// A step starts one process. Its parent is the last one before it that is one level up; on level 0, the daemon.
type step struct {
	level    int
	image    string // empty: one of the long tail
	command  string
	as       string // who it runs as, if not as its parent
	creates  string // a file that it writes
	connects bool   // to the network

	start, end, created *mark
	exported            bool

	program *image
	words   template
	file    template
}

// background is what happens when nobody attacks. No command here may be what a planted detection looks for.
var background = []scene{
	{weight: 30, from: "cron", as: "root", minute: true, steps: []step{
		{0, "/bin/dash", "/bin/sh -c   cd / && run-parts --report /etc/cron.hourly", "", "", false, nil, nil, nil, false, nil, nil, nil},
	}},
}
