package main

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v3"

	"spoor/grammar/source"
)

// settle gives the flags that the command line left alone the values of the environment (SPOOR_TZ for --tz) or of config.yaml.
func (s *shell) settle(cmd *cobra.Command) error {
	settable := false
	cmd.Flags().VisitAll(func(f *pflag.Flag) { settable = settable || f.Name != "help" })
	if !settable {
		return nil // help and version work whatever the settings are
	}
	file := filepath.Join(s.config, "config.yaml")
	settings, err := readSettings(file, cmd.Root())
	if err != nil {
		return err
	}
	var failed error
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Changed || f.Name == "help" || failed != nil {
			return
		}
		name := settingOf(f)
		variable := "SPOOR_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
		values, from := settings[name], file
		if v := s.env(variable); v != "" {
			values, from = []string{v}, variable
			if f.Name == "macros" || f.Name == "rules" {
				values = filepath.SplitList(v)
			}
		}
		for _, v := range values {
			if err := cmd.Flags().Set(f.Name, v); err != nil {
				failed = usage("%s: %s", from, err)
			}
			_ = cmd.Flags().SetAnnotation(f.Name, bySetting, []string{from})
		}
	})
	return failed
}

// ownSetting annotates a flag that means something else than that of other commands, with the name of its setting.
const ownSetting = "setting"

// settingOf is what the setting of a flag is called.
func settingOf(f *pflag.Flag) string {
	if own := f.Annotations[ownSetting]; own != nil {
		return own[0]
	}
	return f.Name
}

// readSettings reads a file of flags and their values. Lists are for flags that may be given several times.
func readSettings(file string, root *cobra.Command) (map[string][]string, error) {
	body, err := os.ReadFile(file)
	if missing(err) || !exists(file) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var raw map[string]yaml.Node
	if err := yaml.Unmarshal(body, &raw); err != nil {
		return nil, usage("%s: %s", file, strings.TrimPrefix(err.Error(), "yaml: "))
	}
	known := flagNames(root)
	settings := map[string][]string{}
	for _, name := range slices.Sorted(maps.Keys(raw)) {
		node := raw[name]
		if !known[name] {
			return nil, usage("%s:%d: unknown setting `%s`", file, node.Line, name).hint("%s", settingHint(name, slices.Sorted(maps.Keys(known))))
		}
		values := []string{node.Value}
		if node.Kind != yaml.ScalarNode && node.Decode(&values) != nil {
			return nil, usage("%s:%d: `%s` is a text or a list of texts", file, node.Line, name)
		}
		settings[name] = values
	}
	return settings, nil
}

func settingHint(name string, names []string) string {
	if hint := source.Suggest(name, names); hint != "" {
		return hint
	}
	return "settings are named after flags, as in `tz: Europe/Berlin`"
}

// flagNames is the names of the settings of all commands' flags.
func flagNames(cmd *cobra.Command) map[string]bool {
	names := map[string]bool{}
	for _, c := range cmd.Commands() {
		c.Flags().VisitAll(func(f *pflag.Flag) { names[settingOf(f)] = true })
		for name := range flagNames(c) {
			names[name] = true
		}
	}
	delete(names, "help")
	return names
}
