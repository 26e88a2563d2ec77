package main

import (
	"cmp"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"spoor/engine/input"
)

// destination is a file that appears whole or not at all. While it is written, what there is already goes to the disk, so that commit need not
// wait for all of it.
type destination struct {
	*os.File
	final  string     // the name it gets; "" if it is written in place
	behind int        // bytes that were written since the disk was last asked to take them
	stride int        // so many are worth asking
	synced chan error // what the last asking came to, once it has ended
}

// syncStride is worth some tenths of a second of a disk.
const syncStride = 32 << 20

func newDestination(f *os.File, final string) *destination {
	d := &destination{File: f, final: final, stride: syncStride, synced: make(chan error, 1)}
	d.synced <- nil
	return d
}

func (d *destination) Write(p []byte) (int, error) {
	n, err := d.File.Write(p)
	if d.behind += n; d.behind >= d.stride && d.final != "" {
		select {
		case before := <-d.synced:
			d.behind = 0
			go func() { d.synced <- cmp.Or(before, d.Sync()) }()
		default: // it is still at work
		}
	}
	return n, err
}

// create opens a file to be written. What is no regular file, such as /dev/null or a named pipe, is written in place.
func create(name string) (*destination, error) {
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		if info.IsDir() {
			return nil, usage("%s is a folder; a file is wanted", name)
		}
		f, err := os.OpenFile(name, os.O_WRONLY, 0)
		return newDestination(f, ""), err
	}
	final := name
	if target, err := filepath.EvalSymlinks(name); err == nil {
		final = target // the link stays, and what it leads to is replaced
	}
	temporary := filepath.Join(filepath.Dir(final), "."+filepath.Base(final)+"."+rand.Text()[:8]+".tmp")
	f, err := os.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		var at *fs.PathError
		if errors.As(err, &at) {
			at.Path = name
		}
		return nil, err
	}
	unfinishedFiles.add(temporary)
	if info, err := os.Stat(final); err == nil {
		_ = f.Chmod(info.Mode().Perm()) // a file of our own is as good without
	}
	return newDestination(f, final), nil
}

// commit makes the file appear under its name.
func (d *destination) commit() error {
	if d.final == "" {
		return d.Close()
	}
	err := cmp.Or(<-d.synced, d.Sync(), d.Close())
	if err == nil {
		err = os.Rename(d.Name(), d.final)
	}
	if err != nil {
		d.discard()
		return err
	}
	unfinishedFiles.drop(d.Name())
	return nil
}

// discard removes what was written. After a commit it does nothing.
func (d *destination) discard() {
	_ = d.Close()
	if d.final != "" && os.Remove(d.Name()) == nil {
		unfinishedFiles.drop(d.Name())
	}
}

// writeFile writes a file that is left out if write fails.
func writeFile(name string, write func(io.Writer) error) error {
	d, err := create(name)
	if err != nil {
		return err
	}
	defer d.discard()
	if err := write(d); err != nil {
		return err
	}
	return d.commit()
}

// writeJSON writes a value for programs to read.
func writeJSON(name string, value any) error {
	return writeFile(name, func(w io.Writer) error { return encode(w, value) })
}

func encode(w io.Writer, value any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(value)
}

// writable is an error if one of the files to write cannot be made: that is told before the work. Who reads a named pipe would take it for the end.
func writable(files []string) error {
	for _, file := range files {
		if info, err := os.Stat(file); err == nil && !info.Mode().IsRegular() && !info.IsDir() {
			continue
		}
		d, err := create(file)
		if err != nil {
			return err
		}
		d.discard()
	}
	return nil
}

// overwritten is an error if one of the paths to read is one of the files to write.
func overwritten(paths, files []string) error {
	for _, file := range files {
		target, err := os.Stat(file)
		if err != nil || !target.Mode().IsRegular() {
			continue
		}
		for _, p := range paths {
			if info, err := os.Stat(p); err == nil && os.SameFile(info, target) {
				return usage("%s is to be searched, and would be overwritten", file).hint("write to another file")
			}
		}
	}
	return nil
}

// ledgers is the files of --ledger. They are opened before a scan, so that one that cannot be written is told before the work.
type ledgers []*destination

func (o *answer) ledgers() (out ledgers, err error) {
	for _, file := range o.ledger {
		if file == "full" {
			continue
		}
		d, err := create(file)
		if err != nil {
			out.discard()
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}

func (l ledgers) write(ledger *input.Ledger) error {
	for _, d := range l {
		if err := encode(d, ledger); err != nil {
			return err
		}
		if err := d.commit(); err != nil {
			return err
		}
	}
	return nil
}

func (l ledgers) discard() {
	for _, d := range l {
		d.discard()
	}
}
