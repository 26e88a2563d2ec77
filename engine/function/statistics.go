package function

import "spoor/engine/column"

var statistics = []Func{
	total("sum", "The sum", `sum(port, 7, "none")`, "450", func(sum float64, _ int) float64 { return sum }),
	total("avg", "The mean", `avg(port, 7, "none")`, "225", func(sum float64, n int) float64 { return sum / float64(n) }),
}

func total(name, what, example, want string, f func(sum float64, n int) float64) Func {
	return Func{
		Name: name, Family: "statistics", Syntax: name + "(<value>, ...)", MinArgs: 1, MaxArgs: -1, Lists: column.Whole,
		Doc: what + " of those values that are numbers, texts that read as one and the values of multivalues included; null if there is none. " +
			"Unlike in Splunk a text in quotes is no error.",
		Example: example, Want: want,
		Bind: rowwise(func(_ *Env, row []column.Value) column.Value {
			sum, n := 0.0, 0
			for _, cell := range row {
				for _, v := range cell.Items() {
					if x, ok := v.Number(); ok {
						sum, n = sum+x, n+1
					}
				}
			}
			if n == 0 {
				return column.Value{}
			}
			return column.Real(f(sum, n))
		}),
	}
}
