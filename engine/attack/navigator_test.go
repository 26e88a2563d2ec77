package attack

import (
	"strings"
	"testing"
)

func TestLayer(t *testing.T) {
	l := Layer{
		Name: "my rules", Description: "Over logs of <web1>.",
		Coverage: []Coverage{
			{Technique: "T1053.006", Covered: []string{"B", "A"}, Able: []string{"B"}, Hits: 2},
			{Technique: "T1053", Covered: []string{"B"}, Able: []string{"B"}},
			{Technique: "T1064", Covered: []string{"A"}},     // deprecated
			{Technique: "T1059.001", Covered: []string{"C"}}, // its technique opens for it
			{Technique: "T1086", Covered: []string{"D"}},     // revoked by T1059.001
			{Technique: "T9999", Covered: []string{"A"}},
			{Technique: "T9999", Covered: []string{"B"}},
		},
	}
	const want = `{
  "name": "my rules",
  "versions": {
    "attack": "18",
    "navigator": "5.1.0",
    "layer": "4.5"
  },
  "domain": "enterprise-attack",
  "description": "Over logs of <web1>.",
  "techniques": [
    {
      "techniqueID": "T1053",
      "score": 2,
      "color": "#8ec5ff",
      "comment": "1 covering, 1 able to fire, 0 findings",
      "enabled": true,
      "metadata": [
        {
          "name": "able to fire",
          "value": "B"
        }
      ],
      "showSubtechniques": true
    },
    {
      "techniqueID": "T1053.006",
      "score": 3,
      "color": "#ff6b5e",
      "comment": "2 covering, 1 able to fire, 2 findings",
      "enabled": true,
      "metadata": [
        {
          "name": "able to fire",
          "value": "B"
        },
        {
          "name": "cannot fire",
          "value": "A"
        }
      ],
      "showSubtechniques": false
    },
    {
      "techniqueID": "T1059",
      "enabled": true,
      "showSubtechniques": true
    },
    {
      "techniqueID": "T1059.001",
      "score": 1,
      "color": "#d3d9de",
      "comment": "2 covering, 0 able to fire, 0 findings",
      "enabled": true,
      "metadata": [
        {
          "name": "cannot fire",
          "value": "C"
        },
        {
          "name": "cannot fire",
          "value": "D"
        }
      ],
      "showSubtechniques": false
    }
  ],
  "gradient": {
    "colors": [
      "#d3d9de",
      "#8ec5ff",
      "#ff6b5e"
    ],
    "minValue": 1,
    "maxValue": 3
  },
  "legendItems": [
    {
      "label": "covered by a rule, which cannot fire on this data",
      "color": "#d3d9de"
    },
    {
      "label": "a rule can fire on this data",
      "color": "#8ec5ff"
    },
    {
      "label": "there are findings",
      "color": "#ff6b5e"
    }
  ]
}
`
	var b strings.Builder
	unknown, err := l.Write(&b)
	if err != nil || b.String() != want {
		t.Errorf("%v\n%s", err, b.String())
	}
	if strings.Join(unknown, " ") != "T1064 T9999" {
		t.Errorf("unknown: %v", unknown)
	}
}

func TestEmptyLayer(t *testing.T) {
	var b strings.Builder
	if _, err := (&Layer{Name: "none"}).Write(&b); err != nil || !strings.Contains(b.String(), `"techniques": []`) {
		t.Errorf("%v\n%s", err, b.String())
	}
}
