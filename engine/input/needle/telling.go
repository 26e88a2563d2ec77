package needle

import "slices"

// Telling is, of each text that is longer than what a Set hashes, the end that begins with the grams that the fewest of the texts share.
// Identifiers of one host begin alike, and a record that holds the beginning of one would be looked at for all of them.
func Telling(texts []string) []string {
	shortest := window
	for _, t := range texts {
		shortest = min(shortest, len(t))
	}
	const gram = 4
	if shortest < gram {
		return texts
	}
	counts := map[string]int{}
	for _, t := range texts {
		for o := range len(t) - gram + 1 {
			counts[foldText(t[o:o+gram])]++
		}
	}
	out := slices.Clone(texts)
	for i, t := range out {
		best, least := 0, -1
		for o := range len(t) - shortest + 1 {
			shared := 0
			for g := range shortest - gram + 1 {
				shared += counts[foldText(t[o+g:o+g+gram])]
			}
			if least < 0 || shared < least {
				best, least = o, shared
			}
		}
		out[i] = t[best:]
	}
	return out
}
