package function

import (
	"spoor/engine/column"
	"spoor/grammar/source"
)

// placing is the function behind iplocation.
var placing = []Func{{
	Name: "place", Lang: Command, Family: "commands", Syntax: "place(<address>, <field>, <language>)", MinArgs: 3, MaxArgs: 3,
	Doc:     "What the database of addresses says of one: its City, Country, Region, lat, lon, Continent, MetroCode or Timezone. Null if it knows nothing, or there is none.",
	Example: `place("10.1.2.3", "City", "en")`, Want: "null",
	Bind: func(env *Env, args []Arg) (column.Kernel, *source.Diagnostic) {
		if env.Places == nil {
			return func(rows int, _ []column.Vector) column.Vector { return column.Nulls(rows) }, nil
		}
		return rowKernel(func(row []column.Value) column.Value {
			return env.Places.Find(row[0].String(), row[1].String(), row[2].String())
		}), nil
	},
}}
