package main

import (
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/spf13/pflag"

	"spoor/engine"
	"spoor/engine/lookup"
	"spoor/engine/places"
	"spoor/engine/rules"
	"spoor/grammar/source"
	"spoor/macros"
)

// library is the flags that say which macros and lookups there are.
type library struct {
	paths   []string
	defined []string
	lookups []string
	rules   []string
	geoip   string

	splunkLimits bool

	pack *rules.Library // a pack of rules, which brings macros and lookups along; nil if there is none
}

func (l *library) flags(f *pflag.FlagSet) {
	f.StringArrayVar(&l.paths, "macros", nil, "load macros of a macros.conf, a YAML file or a folder of them at `PATH` (repeatable)")
	f.StringArrayVarP(&l.defined, "define", "D", nil, "define a macro: `NAME=TEXT` or 'NAME(ARGS)=TEXT' (repeatable)")
}

// lookupFlags is the flags that say which lookups there are, and other things that only matter to a query that is compiled.
func (l *library) lookupFlags(f *pflag.FlagSet) {
	f.StringArrayVar(&l.rules, "rules", nil, "find saved searches in a savedsearches.conf, a rule of security_content or a folder of them at `PATH` (repeatable)")
	l.tableFlags(f)
}

// tableFlags is the flags that say which lookups there are, and within which limits queries run.
func (l *library) tableFlags(f *pflag.FlagSet) {
	f.BoolVar(&l.splunkLimits, "splunk-limits", false, "keep the limits by which Splunk protects its servers (spoor help limits says which)")
	f.StringArrayVar(&l.lookups, "lookups", nil, "find lookups in the folder `DIR`: CSV files, transforms.conf, YAML definitions (repeatable; outputlookup writes there)")
	f.StringVar(&l.geoip, "geoip", "", "let iplocation look in the database `FILE`, in MaxMind's format (.mmdb)")
}

// load is the built-in macros, over them those of a pack, of the config folder, of --macros and of -D, and what is doubtful about these.
func (l *library) load(s *shell) (*macros.Library, source.Errors, error) {
	all := macros.Builtin()
	errs := l.brought(all)
	if own := filepath.Join(s.config, "macros.conf"); exists(own) {
		errs = append(errs, all.LoadPath(own)...)
	}
	for _, path := range l.paths {
		errs = append(errs, all.LoadPath(path)...)
	}
	for _, text := range l.defined {
		errs = append(errs, all.Define(source.New("-D", text))...)
	}
	if errs.Failed() {
		return nil, nil, errs
	}
	return all, errs, nil
}

// brought loads the macros of a pack, in which what is wrong stops nobody who does not use it.
func (l *library) brought(all *macros.Library) source.Errors {
	var errs source.Errors
	if l.pack != nil {
		for _, file := range l.pack.Macros {
			errs = append(errs, all.LoadPath(file)...)
		}
	}
	for _, d := range errs {
		d.Severity = min(d.Severity, source.Warning)
	}
	return errs
}

// tables is the lookups of a pack, over them those of the config folder and of --lookups; nil if there are none.
func (l *library) tables(s *shell) (*lookup.Library, source.Errors, error) {
	folders := l.lookups
	if own := filepath.Join(s.config, "lookups"); exists(own) {
		folders = append([]string{own}, folders...)
	}
	if l.pack != nil {
		folders = slices.Concat(l.pack.Lookups, folders)
	}
	if len(folders) == 0 {
		return nil, nil, nil
	}
	all, errs := lookup.Open(folders...)
	if errs.Failed() {
		return nil, nil, errs
	}
	return all, errs, nil
}

// places is the database of --geoip or the one in the config folder; nil if there is neither.
func (l *library) places(s *shell) (*places.Database, error) {
	file := l.geoip
	if own := filepath.Join(s.config, "geoip.mmdb"); file == "" && exists(own) {
		file = own
	}
	if file == "" {
		return nil, nil
	}
	d, err := places.Open(file)
	if err != nil {
		return nil, usage("%s is no database of addresses: %s", file, source.Reason(err)).hint("iplocation reads files in MaxMind's format, such as GeoLite2-City.mmdb")
	}
	return d, nil
}

// saved is the saved searches of a pack, or else of the config folder and, over them, of --rules. They are read when a search asks for one.
func (l *library) saved(s *shell) (func() (*rules.Library, source.Errors), error) {
	paths := l.rules
	for _, path := range paths {
		if _, err := os.Stat(path); err != nil {
			return nil, usage("cannot read the rules of %s: %s", path, source.Reason(err))
		}
	}
	if own := filepath.Join(s.config, "rules"); exists(own) {
		paths = append([]string{own}, paths...)
	}
	if l.pack != nil {
		return func() (*rules.Library, source.Errors) { return l.pack, nil }, nil
	}
	return sync.OnceValues(func() (*rules.Library, source.Errors) {
		all := &rules.Library{}
		var errs source.Errors
		for _, path := range paths {
			errs = append(errs, all.LoadPath(path)...)
		}
		return all, errs
	}), nil
}

// loud is load for commands that have no way to be quiet.
func (l *library) loud(s *shell) (*macros.Library, error) {
	all, doubts, err := l.load(s)
	if len(doubts) > 0 {
		s.say("%s", doubts.Error())
	}
	return all, err
}

// language is the one that has macros.
func (l *library) language() *language { return &spl }

// compile makes a program of a query of SPL.
func (l *library) compile(s *shell, text *source.Text, o engine.Options) (*engine.Program, source.Errors, error) {
	doubts, err := l.options(s, &o)
	if err != nil {
		return nil, nil, err
	}
	program, errs := engine.Compile(text, o)
	if errs.Failed() {
		return nil, nil, errs
	}
	return program, append(doubts, errs...), nil
}

// options says in the options of queries which macros, lookups and saved searches there are, and tells what is doubtful about these.
func (l *library) options(s *shell, o *engine.Options) (source.Errors, error) {
	all, doubts, err := l.load(s)
	if err != nil {
		return nil, err
	}
	o.Macros, o.SplunkLimits = all, l.splunkLimits
	tables, more, err := l.tables(s)
	if err != nil {
		return nil, err
	}
	o.Lookups, doubts = tables, append(doubts, more...)
	if o.Rules, err = l.saved(s); err != nil {
		return nil, err
	}
	o.Places, err = l.places(s)
	return doubts, err
}
