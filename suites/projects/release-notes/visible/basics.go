package driver

import (
	"release/gitlog"
	"release/notes"
	"release/version"
)

const log = `commit 1111111aaa (HEAD -> main)
Author: A

    feat(cli): colours

commit 2222222bbb

    fix: a crash at the end

commit 3333333ccc

    docs: spelling
`

func drive(emit func(any)) {
	last, err := version.Parse("v1.4.2")
	emit(err == nil)
	commits := gitlog.Parse(log)
	next, counts := notes.Next(last, commits)
	emit([]any{next.String(), counts})
	emit(notes.Write(next, commits))
	_, err = version.Parse("1.4")
	emit(err)
	emit(version.Less(last, next))
}
