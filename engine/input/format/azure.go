package format

// readAzure reads a row of Azure's Syslog table.
func (d *Decoder) readAzure() (Outcome, bool) {
	v := d.doc.value(azureText)
	if outcome, mine := d.unwrap(v, "azure"); mine {
		return outcome, true
	}
	d.within("azure")
	return d.unknown(d.str(v), d.bySysmon(false)), true
}
