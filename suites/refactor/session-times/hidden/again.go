package driver

import "access/session"

const log = `10:00 ana in
10:05 bo in
11:30 ana out
11:30 ana out

12:00 ana in
 9:00 cy in extra
24:00 cy in
9:60 cy in
8:30 cy in
8:10 cy out
x
23:59 bo out
22:00 di in
5:5 ed in
05:07 ed out
1 ed in
-1:00 ed in
13:00 bo up
`

func drive(emit func(any)) {
	first := session.Report(log)
	session.Longest(log, 700)
	emit(session.Report("1:00 z in\n2:00 z out\n"))
	emit(session.Report(log) == first)
	emit(session.Longest("", 100))
}
