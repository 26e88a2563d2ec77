package function

import "math"

// measures is the functions behind lookups that are programs elsewhere.
var measures = []Func{
	{
		Name: "shannon", Lang: Command, Family: "commands", Syntax: "shannon(<text>)", MinArgs: 1, MaxArgs: 1,
		Doc:     "Shannon's entropy of the text's characters in bits: how evenly it uses how many of them. A name that was made up at random has more than a word.",
		Example: `shannon("aabb")`, Want: "1",
		Bind: map1(texts, func(s string) (float64, bool) { return entropy(s), true }),
	},
}

// entropy adds up in the order in which characters first occur, so that the last digit is always the same.
func entropy(s string) float64 {
	counts := map[rune]int{}
	var order []rune
	n := 0
	for _, r := range s {
		if counts[r] == 0 {
			order = append(order, r)
		}
		counts[r]++
		n++
	}
	sum := 0.0
	for _, r := range order {
		p := float64(counts[r]) / float64(n)
		sum -= p * math.Log2(p)
	}
	return sum
}
