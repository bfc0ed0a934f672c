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
	emit(session.Report(log))
	emit(session.Report(""))
	emit(session.Report("  \n\t\n"))
	emit(session.Report("7:00 a in"))
	emit(session.Report("7:00 b in\n7:00 a in\n7:00 b out\n7:00 a out\n7:00 c out"))
}
