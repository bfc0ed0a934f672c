package driver

import "access/session"

func drive(emit func(any)) {
	log := "10:00 ana in\n10:30 bo in\n11:00 ana out\n12:00 cy out\n"
	emit(session.Report(log))
	emit(session.Longest(log, 660))
}
