package function

import (
	"net/netip"
	"strings"

	"spoor/grammar/source"
)

// network is a block of addresses.
type network struct{ prefix netip.Prefix }

func compileNet(_ *Env, text string, at source.Span) (network, *source.Diagnostic) {
	n, ok := parseNet(text)
	if !ok {
		return n, source.Errorf(at, "bad-net", "%q is no block of addresses", text).WithHint("write 10.0.0.0/8, fe80::/10 or a single address")
	}
	return n, nil
}

func parseNet(text string) (network, bool) {
	text = strings.TrimSpace(text)
	if p, err := netip.ParsePrefix(text); err == nil {
		if a := p.Addr(); a.Is4In6() && p.Bits() >= 96 {
			p = netip.PrefixFrom(a.Unmap(), p.Bits()-96)
		}
		return network{p.Masked()}, true
	}
	a, err := netip.ParseAddr(text)
	if err != nil {
		return network{}, false
	}
	a = a.Unmap().WithZone("")
	return network{netip.PrefixFrom(a, a.BitLen())}, true
}

func (n network) contains(s string) bool {
	a, ok := parseAddress(s)
	if !ok {
		return false
	}
	if n.prefix.Addr().Is4() {
		a = a.Unmap()
	}
	return n.prefix.Contains(a.WithZone(""))
}

// parseAddress reads an address; most texts are soon seen to be none.
func parseAddress(s string) (a netip.Addr, ok bool) {
	if len(s) < 2 || len(s) > 60 || !strings.ContainsAny(s, ".:") {
		return a, false
	}
	a, err := netip.ParseAddr(s)
	return a, err == nil
}
