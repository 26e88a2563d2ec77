package input

import (
	"spoor/engine/input/bitmap"
	"spoor/engine/input/format"
	"spoor/engine/input/needle"
)

// hits finds, in one chunk, the places that make a record worth looking at: needles, and whatever may hide one.
type hits struct {
	few  seeker
	many *needle.Set // nil: all is in few
	data []byte
	next int // of many, or the end of the data

	hides  []needle.Text
	untold []string // many, while there are no data yet that tell how they are looked for
}

// seeker finds texts in data. From is where one begins, at a place or behind it, or the end of the data: none ends between the place and there.
type seeker interface {
	Open(data []byte)
	From(at int) int
}

// fewest is how many needles are searched for together with what may hide them. More have a reading of their own, which steps over most of the text,
// and so have all where there are no vector instructions.
const fewest = 48

func newHits(needles []string, many *needle.Set, hides []format.Hide) *hits {
	var texts []needle.Text
	for _, h := range hides {
		texts = append(texts, needle.Text{Text: h.Text, Exact: true, If: h.If})
	}
	if !bitmap.HasVectors() && (many != nil || needles == nil) {
		return &hits{few: needle.NewRare(texts), many: many}
	}
	if many == nil {
		for _, n := range needles {
			texts = append(texts, needle.Text{Text: n})
		}
	}
	return &hits{few: needle.NewFew(texts), many: many, hides: texts, untold: needles}
}

// tell looks for many needles together with the few if they are alike: the first data tell how.
func (h *hits) tell(data []byte) {
	if alike := needle.Alike(h.untold, data); alike != nil {
		h.few, h.many = needle.NewFew(append(h.hides, alike...)), nil
	}
	h.hides, h.untold = nil, nil
}

// reset begins a new chunk.
func (h *hits) reset(data []byte) {
	if h.many != nil && h.untold != nil {
		h.tell(data)
	}
	h.data, h.next = data, len(data)
	h.few.Open(data)
	if h.many != nil {
		h.seek(0)
	}
}

// from is where a hit begins, at a place or behind it, or the end of the data: none ends between the place and there. Places must not go back.
func (h *hits) from(at int) int {
	if h.next < at {
		h.seek(at)
	}
	return min(h.next, h.few.From(at))
}

// seek finds the next of many needles.
func (h *hits) seek(at int) {
	if h.next = h.many.Next(h.data, at); h.next < 0 {
		h.next = len(h.data)
	}
}
