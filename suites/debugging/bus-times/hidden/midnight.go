package driver

import "stop/board"

func drive(emit func(any)) {
	show := func(now string, buses ...board.Bus) {
		lines, _ := board.Board(buses, now)
		emit(lines)
	}
	night := board.Bus{Line: "N4", Time: "00:20"}
	show("23:50", night)
	show("22:20", night)
	show("22:19", night)
	show("0:21", night)
	show("0:10", board.Bus{Line: "late", Time: "23:55", Late: 20})
	show("23:58", board.Bus{Line: "late", Time: "23:55", Late: 20})
	show("0:00", board.Bus{Line: "late", Time: "23:40", Late: 10})
	show("1:00", board.Bus{Line: "gone", Time: "23:30", Late: 20})
}
