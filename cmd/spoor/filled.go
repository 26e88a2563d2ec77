package main

import (
	"errors"

	"github.com/spf13/pflag"
)

// filled is the text of a flag that is not empty if the flag is given: a variable that a script forgot to set must not leave out what the flag is for.
type filled string

func (f *filled) Set(text string) error {
	if text == "" {
		return errors.New("nothing stands there; is a variable not set?")
	}
	*f = filled(text)
	return nil
}

func (f *filled) String() string { return string(*f) }

func (*filled) Type() string { return "string" }

// bySetting marks flags whose values come from the environment or from config.yaml.
const bySetting = "by-setting"

// typed is whether a flag stands on the command line. Settings are for all commands, and may be of no use to some of them.
func typed(flags *pflag.FlagSet, name string) bool {
	f := flags.Lookup(name)
	return f != nil && f.Changed && f.Annotations[bySetting] == nil
}
