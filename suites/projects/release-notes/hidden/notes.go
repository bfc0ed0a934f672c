package driver

import (
	"release/gitlog"
	"release/notes"
	"release/version"
)

func drive(emit func(any)) {
	v := version.Version{Major: 2, Pre: "rc.1"}
	emit(notes.Write(v, []gitlog.Commit{
		{Hash: "aaaaaaaaaa", Subject: "perf(core): faster"},
		{Hash: "bbbbbbbbbb", Subject: "feat(web): a page"},
		{Hash: "cccccccccc", Subject: "feat:   newer"},
		{Hash: "dddddddddd", Subject: "fix(core)!: strict", Body: []string{"BREAKING CHANGE: x"}},
		{Hash: "eeeeeeeeee", Subject: "feat(api): a call"},
		{Hash: "ffffffffff", Subject: "feat: older"},
		{Hash: "0000000000", Subject: "Old things go", Body: []string{"", "BREAKING CHANGE: all of them"}},
		{Hash: "1111111111", Subject: "feat(api): an older call"},
		{Hash: "22222", Subject: "fix(a b/c): short: hash"},
		{Hash: "3333333333", Subject: "style: x"},
	}))
	emit(notes.Write(version.Version{Minor: 1}, []gitlog.Commit{{Hash: "4444444444", Subject: "ci: x"}}))
	emit(notes.Write(version.Version{Minor: 1}, nil))
	emit(notes.Write(version.Version{Minor: 1}, []gitlog.Commit{{Hash: "5555555555", Subject: "perf: x"}}))
}
