package engine_test

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

func (l *simpleLeaf) String() string {
	quoted := make([]string, len(l.values))
	for i, v := range l.values {
		quoted[i] = strconv.Quote(v)
	}
	if len(quoted) == 1 && l.op != "in" {
		return l.field + " " + l.op + " " + quoted[0]
	}
	return l.field + " " + l.op + " (" + strings.Join(quoted, ", ") + ")"
}

func (s *simpleTerm) where() string {
	var all []string
	for _, l := range s.leaves {
		all = append(all, l.String())
	}
	cond := strings.Join(all, map[bool]string{false: " and ", true: " or "}[s.either])
	if cond == "" {
		cond = "true"
	}
	if s.not {
		cond = "not (" + cond + ")"
	}
	return s.category + " where " + cond
}

func (s *simpleTerm) String() string {
	text := "[" + s.where() + "]"
	if s.missing {
		text = "!" + text
	}
	if len(s.keys) > 0 {
		text += " by " + strings.Join(s.keys, ", ")
	}
	if s.runs > 1 {
		text += fmt.Sprint(" with runs=", s.runs)
	}
	return text
}

func (q *simpleQuery) String() string {
	if q.form == "" {
		return q.terms[0].where()
	}
	text := q.form
	if q.maxSpan > 0 {
		text += fmt.Sprintf(" with maxspan=%dms", q.maxSpan.Milliseconds())
	}
	for _, s := range q.terms {
		text += " " + s.String()
	}
	if q.until != nil {
		text += " until " + q.until.String()
	}
	return text
}

var simpleFields = []eqlField{
	{"process.name", 'k', eqlNames}, {"process.executable", 'k', eqlImages}, {"process.command_line", 'k', eqlLines}, {"process.parent.name", 'k', eqlNames}, {"process.parent.executable", 'k', eqlImages},
	{"process.parent.command_line", 'k', eqlLines}, {"process.args", 'k', []string{"perl", "-e", "perl -e", "sh", "5"}}, {"user.name", 'k', eqlUsers}, {"user.id", 'k', []string{"0", "1000"}}, {"host.id", 'k', eqlHosts},
	{"event.action", 'k', []string{"exec", "end", "connection_attempted", "creation", "fork", "deletion"}}, {"event.type", 'k', []string{"start", "end", "creation"}}, {"process.entity_id", 'k', eqlEntities},
	{"process.parent.entity_id", 'k', eqlEntities}, {"network.transport", 'k', []string{"tcp", "udp"}}, {"file.path", 'k', eqlFiles}, {"file.name", 'k', []string{"job", ".x", "a.TXT"}},
}

func (d *dice) simpleLeaf() simpleLeaf {
	q := question{dice: d, fields: simpleFields}
	f := simpleFields[d.roll(len(simpleFields))]
	l := simpleLeaf{field: f.name, op: d.pick([]string{"==", "==", ":", ":", "!=", "in"}), values: []string{d.pick(f.values)}}
	switch l.op {
	case ":":
		l.values = []string{q.pattern(f)}
		if d.oneIn(2) {
			l.values = append(l.values, q.pattern(f))
		}
	case "in":
		l.values = append(l.values, d.pick(f.values))
	}
	return l
}

func (d *dice) simpleTerm(leaves int) simpleTerm {
	s := simpleTerm{category: d.pick([]string{"process", "process", "network", "file", "any"}), either: d.oneIn(2), runs: 1}
	for range leaves {
		s.leaves = append(s.leaves, d.simpleLeaf())
	}
	s.not = leaves > 0 && d.oneIn(4)
	return s
}

func (d *dice) simpleQuery() simpleQuery {
	form := d.pick([]string{"", "", "sequence", "sequence", "sequence", "sample"})
	if form == "" {
		return simpleQuery{terms: []simpleTerm{d.simpleTerm(1 + d.roll(3))}}
	}
	q := simpleQuery{form: form}
	sequence := form == "sequence"
	if sequence && d.oneIn(2) {
		q.maxSpan = []time.Duration{time.Millisecond, time.Second, 5 * time.Second, time.Minute, time.Hour}[d.roll(5)]
	}
	keys, hunt := d.roll(3), sequence && d.oneIn(2)
	if !sequence || hunt {
		keys = max(keys, 1)
	}
	shared := d.pick([]string{"host.id", "user.name", "process.entity_id", "?process.parent.entity_id", "?user.name", "event.action", "process.args"})
	own := [][2]string{{"process.entity_id", "process.parent.entity_id"}, {"process.parent.entity_id", "process.entity_id"}, {"process.pid", "process.parent.pid"}, {"process.name", "process.parent.name"}, {"host.id", "host.id"}}[max(0, d.roll(7)-2)]
	term := func(i int) simpleTerm {
		s := d.simpleTerm(d.roll(3))
		if keys > 0 {
			s.keys = append(s.keys, own[min(i, 1)])
		}
		if keys > 1 {
			s.keys = append(s.keys, shared)
		}
		return s
	}
	positive := 0
	for i := range 1 + d.roll(3) {
		s := term(i)
		if sequence && q.maxSpan > 0 && d.oneIn(4) {
			s.missing = true
		} else if positive++; sequence && d.oneIn(6) {
			s.runs = 2 + d.roll(2)
			positive += s.runs - 1
		}
		q.terms = append(q.terms, s)
	}
	for ; positive < 2; positive++ {
		q.terms = append(q.terms, term(len(q.terms)))
	}
	if hunt {
		q.hunt(d)
	}
	if sequence && d.oneIn(4) {
		u := term(d.roll(2))
		q.until = &u
	}
	return q
}

// hunt makes one term rare and easy to find, and the others frequent.
func (q *simpleQuery) hunt(d *dice) {
	rare := max(0, d.roll(len(q.terms)+1)-1)
	for i := range q.terms {
		s := &q.terms[i]
		if s.leaves, s.not = nil, false; i != rare || s.missing {
			s.category = d.pick([]string{"network", "file", "any"})
			continue
		}
		f := simpleFields[d.roll(3)]
		if s.category == "file" && d.oneIn(2) {
			f = eqlField{"file.path", 'k', eqlFiles}
		}
		s.leaves = []simpleLeaf{{field: f.name, op: d.pick([]string{"==", ":"}), values: []string{d.pick(f.values)}}}
	}
}
