package function

import (
	"time"

	"spoor/engine/column"
)

// Times reads texts as times in seconds since 1970, as strptime does; null is what does not follow the format.
func (env *Env) Times(format string, texts []column.Value) []column.Value {
	out := make([]column.Value, len(texts))
	for i, v := range texts {
		if v.IsNull() {
			continue
		}
		if ns, ok := strptime(v.String(), format, time.Unix(0, env.Now), env.Zone); ok {
			out[i] = column.Real(column.Seconds(ns))
		}
	}
	return out
}
