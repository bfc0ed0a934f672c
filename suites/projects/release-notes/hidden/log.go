package driver

import "release/gitlog"

func drive(emit func(any)) {
	commits := gitlog.Parse("commit abc (tag: v1)\r\nAuthor: X\r\n\r\n    One\r\n    \r\n    two\r\ncommit def\n\n    Three\n")
	emit(len(commits))
	emit([]string{commits[0].Hash, commits[0].Subject})
	emit(commits[0].Body)
	emit([]string{commits[1].Hash, commits[1].Subject})
	emit(len(gitlog.Parse("    no commit")))
}
