package driver

import (
	"release/gitlog"
	"release/notes"
	"release/version"
)

func drive(emit func(any)) {
	next := func(last string, commits ...gitlog.Commit) {
		v, _ := version.Parse(last)
		after, counts := notes.Next(v, commits)
		emit([]any{after.String(), counts})
	}
	c := func(subject string, body ...string) gitlog.Commit {
		return gitlog.Commit{Hash: "0123456789", Subject: subject, Body: body}
	}
	next("1.2.3", c("fix: x"), c("docs: x"))
	next("1.2.3", c("fix: x"), c("feat: x"), c("perf: x"))
	next("1.2.3", c("fix: x"), c("chore(deps)!: x"), c("feat: x"))
	next("1.2.3", c("Merge branch", "", "BREAKING CHANGE: gone"))
	next("1.2.3", c("docs: x"), c("Merge branch", "mind: BREAKING CHANGE: no"))
	next("0.2.3", c("feat!: x"))
	next("0.2.3", c("feat: x"))
	next("0.2.3", c("perf(io): x"))
	next("1.2.3")
	next("1.2.3", c("feat:x"), c("Feat: x"), c("feat(): x"), c("feat : x"), c("feat(a(b)): x"), c("feat: "), c("fix(a)(b): x"))
	next("2.0.0-rc.1", c("fix: x"))
	next("2.0.0-rc.1", c("fix!: x"))
	next("1.3.0-rc.1", c("feat: x"))
	next("1.3.0-rc.1", c("feat!: x"))
	next("1.2.1-rc.1", c("feat: x"))
	next("1.2.1-rc.1", c("fix: x"))
	next("1.2.1-rc.1", c("docs: x"))
	next("0.3.0-rc.1", c("feat!: x"))
	next("0.3.1-rc.1", c("feat!: x"))
	next("2.0.1-rc.1", c("fix!: x"))
}
