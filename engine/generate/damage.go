package generate

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Damage says how often each kind of damage is done: a share from 0 to 1. Those of no rate are switches: 0 or 1.
// No planted event is damaged, so that the Truth holds.
type Damage [damageKinds]float64

// The kinds of damage.
const (
	Foreign      = iota // other programs' lines
	Banners             // Sysmon's own text when it starts
	CRLF                // lines end with carriage return and newline
	Truncated           // records cut off
	Semicolons          // semicolons became spaces
	Controls            // raw control bytes in commands
	Invalid             // bytes that are not UTF-8 in commands
	Newlines            // newlines and escape sequences in commands
	Duplicates          // records delivered twice
	Missing             // elements left out
	ByteArrays          // messages that the journal holds as bytes
	NullMessages        // long messages that journalctl left out
	Swapped             // neighbours in the wrong order
	damageKinds
)

type damageKind struct {
	name, doc string
	usual     float64
}

var damageNames = [damageKinds]damageKind{
	Foreign:      {"foreign", "lines of other programs among all lines (syslog, journald)", 0.3},
	Banners:      {"banners", "Sysmon's banner of 14 lines at the start (syslog)", 1},
	CRLF:         {"crlf", "every line ends with CR LF", 0},
	Truncated:    {"truncated", "records cut at 1,024, 2,012 or 8,096 bytes", 0.005},
	Semicolons:   {"semicolons", "every semicolon of a record became a space (syslog, xml)", 0.01},
	Controls:     {"controls", "a control byte in a command", 0.001},
	Invalid:      {"invalid", "a byte in a command that is not UTF-8", 0.0005},
	Newlines:     {"newlines", "a newline and an escape sequence in a command", 0.001},
	Duplicates:   {"duplicates", "records delivered twice", 0.005},
	Missing:      {"missing", "an element left out (all forms but ecs)", 0.002},
	ByteArrays:   {"bytearrays", "MESSAGE as an array of bytes (journald)", 0.001},
	NullMessages: {"null", "MESSAGE is null if over 4,096 bytes, as without --all (journald)", 1},
	Swapped:      {"swapped", "neighbours at most 15 ms apart in the wrong order", 0.07},
}

// Realistic is the damage that real logs show.
func Realistic() Damage {
	var d Damage
	for k, n := range damageNames {
		d[k] = n.usual
	}
	return d
}

// DamageNames lists the words that ParseDamage knows, each with a line of explanation.
func DamageNames() [][2]string {
	list := [][2]string{{"none", "no damage"}, {"realistic", "everything at the rates of real logs, but crlf"}}
	for _, n := range damageNames {
		list = append(list, [2]string{n.name, n.doc})
	}
	return list
}

// ParseDamage reads a list such as "realistic,crlf,duplicates=0.02". A later word wins; one without a rate gets the usual
// one, or 1.
func ParseDamage(list string) (Damage, error) {
	var d Damage
	for word := range strings.SplitSeq(list, ",") {
		name, rate, rated := strings.Cut(strings.TrimSpace(word), "=")
		switch {
		case rated:
		case name == "" || name == "none":
			continue
		case name == "realistic":
			d = Realistic()
			continue
		}
		k := slices.IndexFunc(damageNames[:], func(n damageKind) bool { return n.name == name })
		if k < 0 {
			return d, fmt.Errorf("unknown damage %q: use none, realistic, %s", name, strings.Join(damageWords(), ", "))
		}
		d[k] = damageNames[k].usual
		if d[k] == 0 {
			d[k] = 1
		}
		if rated {
			v, err := strconv.ParseFloat(rate, 64)
			if err != nil {
				return d, fmt.Errorf("the rate of damage %q is not a number: %q", name, rate)
			}
			d[k] = v
		}
	}
	return d, d.check()
}

func damageWords() []string {
	words := make([]string, damageKinds)
	for k, n := range damageNames {
		words[k] = n.name
	}
	return words
}

func (d Damage) check() error {
	for k, rate := range d {
		if !(rate >= 0 && rate <= 1) {
			return fmt.Errorf("the rate of damage %q must be from 0 to 1, not %v", damageNames[k].name, rate)
		}
	}
	if d[Foreign] > 0.95 {
		return fmt.Errorf("the rate of damage %q must be at most 0.95, not %v", damageNames[Foreign].name, d[Foreign])
	}
	return nil
}
