// Package notes says what is new in a version, and which number it has.
package notes

import (
	"release/gitlog"
	"release/version"
)

// Next is the version after the last one; false if nothing leads to one.
func Next(last version.Version, commits []gitlog.Commit) (version.Version, bool) {
	panic("not written")
}

// Write is the text for users.
func Write(v version.Version, commits []gitlog.Commit) string {
	panic("not written")
}
