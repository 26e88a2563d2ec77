package format

// osqueryKind is the kind of osquery's results.
const osqueryKind = "osquery"

// readOsquery reads a row that osquery logged of a scheduled query, under its own dotted names.
func (d *Decoder) readOsquery(of *scanner) Outcome {
	outcome := d.readAny(of, osqueryKind)
	whole := value{object, of.b}
	if v := memberOf(whole, "hostIdentifier"); v.shape == text {
		d.to.host = v
	}
	if v := memberOf(whole, "unixTime"); v.shape != nothing {
		d.stamp, d.micros = v, false
	}
	return outcome
}
