package format

import "encoding/binary"

// Host is what the envelope says of the host; empty: nothing.
func (r *Record) Host() string {
	if r.Meta.Host == "" && r.hosted() {
		r.Meta.Host = r.hosts.of(r.str(r.host))
	}
	return r.Meta.Host
}

// hosted says whether the envelope names a host.
func (r *Record) hosted() bool { return len(r.host.raw) > 0 }

// hosts keeps a string for each host, in a place by its last bytes, so that it is allocated once.
type hosts []string

func (h *hosts) of(b []byte) string {
	const places, longest = 1 << 12, 255
	if len(b) > longest {
		return string(b)
	}
	if *h == nil {
		*h = make(hosts, places)
	}
	var last [8]byte
	copy(last[:], b[max(0, len(b)-8):])
	place := binary.LittleEndian.Uint64(last[:]) * 0x9e3779b97f4a7c15 >> 52 // the bits in which all bytes have a part
	return keep(&(*h)[place%places], b)
}
