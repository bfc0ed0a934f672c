package driver

import (
	"release/gitlog"
	"release/notes"
	"release/version"
)

func drive(emit func(any)) {
	v := version.Version{Major: 1}
	c := func(hash, subject string, body ...string) gitlog.Commit {
		return gitlog.Commit{Hash: hash, Subject: subject, Body: body}
	}
	next := func(commits ...gitlog.Commit) {
		after, counts := notes.Next(v, commits)
		emit([]any{after.String(), counts})
	}
	feature := c("aaaaaaa111", "feat: x")
	undone := c("bbbbbbb222", "fix: no x", "", "This reverts commit aaaaaaa111.")
	redone := c("ccccccc333", "perf: x again", "This reverts commit bbbbbbb.")
	next(feature)
	next(undone, feature)
	next(redone, undone, feature)
	next(c("ddddddd444", "fix: never", "This reverts commit ccccccc333."), redone, undone, feature)
	next(undone)
	next(c("eeeeeee555", "fix: x", "This reverts commit aaaaaa."), feature)
	next(c("eeeeeee555", "fix: x", "This reverts commit aaaaaaa111"), feature)
	next(c("eeeeeee555", "fix: x", "  This reverts commit aaaaaaa111."), feature)
	next(c("eeeeeee555", "fix: x", "This reverts commit aaaaaaa112."), feature)
	next(c("fffffff666", "docs: both", "This reverts commit aaaaaaa111.", "This reverts commit 1111111."), c("1111111777", "fix!: y"), feature)
	emit(notes.Write(v, []gitlog.Commit{redone, undone, feature}))
	emit(notes.Write(v, []gitlog.Commit{undone, c("1111111777", "fix: y"), feature}))
}
