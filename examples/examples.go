// Package examples holds the command lines that help shows: they stand in the scripts that test what they are about.
package examples

import (
	"embed"
	"strings"

	"github.com/rogpeppe/go-internal/txtar"
)

//go:embed commands/*.txtar eql/*.txtar topics/*.txtar
var scripts embed.FS

// Brought is what spoor brings along for others to run: the rules, and a search for sequences.
//
//go:embed rules searches/systemd_network_connection.eql
var Brought embed.FS

// Example is a command line and what it prints.
type Example struct {
	Title string
	Line  string // for a shell in the project's folder; it may go over several lines
	Shows string // what it prints on a terminal, but for the count of rows
}

// Of is the examples in a script, which goes by its path without the ending: commands/head. There are none if there is no such script.
func Of(script string) []Example {
	text, err := scripts.ReadFile(script + ".txtar")
	if err != nil {
		return nil
	}
	var out []Example
	for _, section := range txtar.Parse(text).Files {
		if title, ok := strings.CutPrefix(section.Name, "example "); ok {
			out = append(out, Example{Title: title, Line: strings.TrimSuffix(string(section.Data), "\n")})
		} else if section.Name == "shows" && len(out) > 0 {
			out[len(out)-1].Shows = string(section.Data)
		}
	}
	return out
}

// Scripts is the scripts that have examples.
func Scripts() []string {
	var out []string
	folders, _ := scripts.ReadDir(".") // what is embedded can be read
	for _, folder := range folders {
		files, _ := scripts.ReadDir(folder.Name())
		for _, f := range files {
			if name := folder.Name() + "/" + strings.TrimSuffix(f.Name(), ".txtar"); len(Of(name)) > 0 {
				out = append(out, name)
			}
		}
	}
	return out
}
