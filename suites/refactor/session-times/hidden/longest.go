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
	for _, until := range []int{-5, 0, 305, 510, 600, 606, 700, 720, 1000, 1320, 1439, 5000} {
		emit(session.Longest(log, until))
	}
	emit(session.Longest("8:00 a in\n9:00 b in\n8:30 c in\n10:00 b out\n", 540))
	emit(session.Longest("8:00 a in\n10:00 b in\n8:30 a out\n8:00 b in\n", 540))
}
