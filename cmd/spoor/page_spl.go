package main

// helpSPL is the page on how searches are written.
func helpSPL(p *sheet) error {
	p.heading("A SEARCH is a condition on events, and commands behind it, each after a |")
	p.paragraph("  ", "  ", "A command that makes rows of its own, such as tstats or makeresults, comes first, after a |. Events come newest first. `spoor help commands` lists the commands, `spoor help functions` what eval and where know.")
	p.heading("QUOTING")
	p.rows([]row{
		{"'...'", "around the whole search, for the shell: it would take |, `, $ and \\ itself. Or put the search in a file: -f FILE."},
		{`"..."`, `a text, wherever it has blanks, commas, pipes or brackets. In it \" is a quote, \\ a backslash and \| a pipe; every other backslash stays as it is, which regular expressions want. In a regular expression \| is the character | itself.`},
		{"'a.b'", "in eval and where a field whose name has other characters than letters, digits and _. Within the quotes of the shell it is written '\\''a.b'\\''."},
		{"a.b", "in eval and where the field of that name, if the search knows of one; else the texts of a and b joined, with a warning."},
		{"`name(x)`", "a macro: `spoor macros list`. It is replaced before anything else, but not between double quotes."},
		{"```...```", "a comment."},
	})
	p.heading("SEARCH AND WHERE")
	p.rows([]row{
		{"case", "search, and the condition at the beginning, ignore the case of values. where, eval and their functions mind it. Names of fields always count with their case."},
		{"field=x", "in search x is a value, in quotes or not. In where x without quotes is another field."},
		{"*", "in search any text, anywhere in a value and within quotes too; there is no way to write the character itself. In where and eval * means nothing: like(f, \"a%\") or match(f, \"^a\") do it."},
		{"words", "in search alone: what stands in _raw. Behind stats and its kin there is no _raw."},
		{"missing", "field=* is true if there is a value. NOT field=x keeps events without the field, field!=x does not. In where both leave them out, as a comparison with a missing value is neither true nor false."},
		{"several values", "a comparison is true if one of the values fulfils it, and NOT field=x if none of them is x."},
		{"AND, OR", "in search OR binds before AND, and two conditions side by side are joined by AND: a=1 b=2 OR c=3 is a=1 AND (b=2 OR c=3). In where AND binds before OR. In search they are in capitals; in where and eval in any case."},
		{"IN", "field IN (a, b*) in search takes wildcards; in(field, \"a\", \"b\") in where does not. Missing commas, empty items and a stray dot in search are forgiven, with a warning."},
		{"addresses", "field=\"10.0.0.0/8\" in search takes addresses of the block; in where cidrmatch does."},
		{"time", "earliest=-1h@h latest=now in the search go before the flags: `spoor help time`."},
	})
	p.examples("topics/spl")
	return nil
}

// helpTypes is the page on values.
func helpTypes(p *sheet) error {
	p.heading("VALUES")
	p.rows([]row{
		{"text", "what logs hold. A text that reads as a number compares and computes as one: \"10\" is greater than \"9\"."},
		{"numbers", "64-bit numbers, whole ones as such. They are printed in the fewest digits that read back the same. The result of a computation is not rounded to the digits of its least precise part, as in Splunk, where 8.250*0.2 is 2: here it is 1.6500000000000001. sigfig and round do so if they are told to."},
		{"truth", "what a condition gives. It may be assigned, and is printed True or False; as a text it equals true and false in any case."},
		{"time", "_time and what is made of it: seconds since 1970 in computations and texts, to the nanosecond, and printed as a date in the zone of --tz."},
		{"several values", "a multivalue. Tables and CSV print a value a line, JSON a list. Functions of one value, arithmetic and the dot that joins texts give a value for each of them; for two fields with several values they give none. A comparison is true if it is for one of the values. mvjoin makes one text of them."},
		{"none", "a missing field. What is computed with it is missing, too. An empty text is a value; an empty cell of a CSV file is none."},
	})
	p.heading("COMPARISONS")
	p.rows([]row{
		{"two numbers", "by size; of texts, both must read as numbers."},
		{"all else", "byte by byte, as texts: digits before capitals before small letters. A number and a text that is none compare so, too."},
		{"search", "ignores case, and knows wildcards: `spoor help spl`."},
		{"sort", "numbers by size, addresses by their bytes, all else as text; rows without a value come last."},
	})
	p.heading("GROUPS")
	p.paragraph("  ", "  ", "stats leaves out rows that lack a field after by, unless fillnull comes before. A row with several values there counts for each. If no row has the field there is no group. Groups come in the order of their fields: numbers by size, texts by their bytes.")
	p.examples("topics/types")
	return nil
}
