package ruletest

import (
	"bytes"
	"fmt"
	"io"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"

	"spoor/engine/rules"
)

// datasets is the folder of the repository of logs that security_content's tests name by their addresses.
const datasets = "datasets/"

// locate is where the logs are that a test of security_content's names, or why that is not known.
func (c *collector) locate(name string, r *rules.Rule) (file, why string) {
	if !strings.Contains(name, "://") {
		return c.local(name, r), ""
	}
	_, below, ok := strings.Cut(name, "/"+datasets)
	switch {
	case !ok:
		return "", fmt.Sprintf("where %s would be in a folder of logs is not known: there is no %s in it", name, datasets)
	case c.DataRoot == "":
		return "", "its logs are at " + name + ": --data-root names the folder where you have them"
	}
	if plain, err := url.PathUnescape(below); err == nil {
		below = plain
	}
	below = path.Clean("/" + below)[1:]
	if filepath.Base(c.DataRoot) == strings.TrimSuffix(datasets, "/") {
		return filepath.Join(c.DataRoot, filepath.FromSlash(below)), ""
	}
	return filepath.Join(c.DataRoot, datasets, filepath.FromSlash(below)), ""
}

// local is where a file is that a test names by its path: below the folder of logs, or else beside the rule.
func (c *collector) local(name string, r *rules.Rule) string {
	if c.DataRoot != "" {
		if file := filepath.Join(c.DataRoot, name); exists(file) {
			return file
		}
	}
	return below(r, []string{name})[0]
}

// below is paths as they are meant in a file beside a rule.
func below(r *rules.Rule, paths []string) []string {
	out := make([]string, len(paths))
	for i, p := range paths {
		if out[i] = p; !filepath.IsAbs(p) {
			out[i] = filepath.Join(filepath.Dir(r.File), p)
		}
	}
	return out
}

// supplied settles a test whose logs are not there.
func (c *collector) supplied(r *Result) *Result {
	if r.Status != "" {
		return r
	}
	for _, p := range r.Data {
		files := []string{p}
		if !exists(p) {
			files, _ = filepath.Glob(p) // what is no pattern matches nothing
		}
		if len(files) == 0 {
			return r.end(Skip, p+": no such file or folder")
		}
		for _, file := range files {
			if pointer(file) {
				return r.end(Skip, c.fetch(file))
			}
		}
	}
	return r
}

func exists(file string) bool {
	_, err := os.Stat(file)
	return err == nil
}

// pointer says whether a file only names the one that Git LFS would put in its place.
func pointer(file string) bool {
	info, err := os.Stat(file)
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	in, err := os.Open(file)
	if err != nil {
		return false
	}
	defer in.Close()
	first, err := io.ReadAll(io.LimitReader(in, 64))
	return err == nil && bytes.HasPrefix(first, []byte("version https://git-lfs.github.com/spec/"))
}

// fetch says how to get a file of which there is only a pointer.
func (c *collector) fetch(file string) string {
	folder, name := filepath.Dir(file), filepath.Base(file)
	if c.DataRoot != "" {
		if below, err := filepath.Rel(c.DataRoot, file); err == nil && filepath.IsLocal(below) {
			folder, name = c.DataRoot, filepath.ToSlash(below)
		}
	}
	return fmt.Sprintf("%s is a pointer of Git LFS rather than a log: git -C %s lfs pull --include %s", file, quoted(folder), quoted(name))
}

// quoted is a word for a shell.
func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }
