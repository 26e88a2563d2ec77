package state

import (
	"testing"
	"time"
)

func TestHeard(t *testing.T) {
	const s = int64(time.Second)
	for _, c := range []struct {
		name                string
		before              Host
		first, last, events int64
		want                Host
	}{
		{"nothing", Host{Last: 5}, 6, 7, 0, Host{Last: 5}},
		{"first one event", Host{}, 9 * s, 9 * s, 1, Host{Last: 9 * s, Events: 1}},
		{"first eleven events", Host{}, 0, 10 * s, 11, Host{Last: 10 * s, Usual: s, Events: 11}},
		{"then one after a while", Host{Last: 10 * s, Usual: s, Events: 11}, 22 * s, 22 * s, 1, Host{Last: 22 * s, Usual: 2 * s, Events: 12}},
		{"the same again", Host{Last: 10 * s, Usual: s, Events: 11}, 0, 10 * s, 11, Host{Last: 10 * s, Usual: s, Events: 11}},
		{"half of them again", Host{Last: 10 * s, Usual: s, Events: 11}, 0, 20 * s, 20, Host{Last: 20 * s, Usual: s, Events: 21}},
	} {
		if got := c.before.Heard(c.first, c.last, c.events); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
	h := Host{Last: 0, Usual: s, Events: 1 << 40}
	for i := range int64(100) { // what is usual changes, however long it was otherwise
		h = h.Heard(i*36000*s+s, (i+1)*36000*s, 3600)
	}
	if h.Usual < 9*s || h.Usual > 10*s {
		t.Errorf("after a hundred days, every %d s is usual", h.Usual/s)
	}
}

func TestSilent(t *testing.T) {
	h := Host{Last: at0(0), Usual: int64(time.Hour), Events: 9}
	for _, c := range []struct {
		name   string
		host   Host
		since  time.Duration
		times  float64
		silent bool
	}{
		{"as usual", h, time.Hour, 10, false},
		{"just as often", h, 10 * time.Hour, 10, false},
		{"longer", h, 10*time.Hour + 1, 10, true},
		{"longer than half", h, 31 * time.Minute, .5, true},
		{"often heard", Host{Last: at0(0), Usual: 1, Events: 9}, 5*time.Minute - 1, 10, false},
		{"often heard, and not for long", Host{Last: at0(0), Usual: 1, Events: 9}, 5 * time.Minute, 10, true},
		{"heard once", Host{Last: at0(0), Events: 1}, 1000 * time.Hour, 10, false},
		{"the logs end before", h, -time.Hour, 10, false},
	} {
		since, silent := c.host.Silent(at0(0)+int64(c.since), c.times)
		if since != c.since || silent != c.silent {
			t.Errorf("%s: %s, %v", c.name, since, silent)
		}
	}
}
