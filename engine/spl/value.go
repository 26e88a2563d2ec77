package spl

import (
	"slices"

	"spoor/engine/column"
)

func text(s string) column.Value { return column.Str(s) }

func contains(names []string, name string) bool { return slices.Contains(names, name) }

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
