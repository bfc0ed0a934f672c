package driver

import "stop/board"

func drive(emit func(any)) {
	show := func(now string, buses ...board.Bus) {
		lines, _ := board.Board(buses, now)
		emit(lines)
	}
	show("9:30", board.Bus{Line: "1", Time: "10:05"}, board.Bus{Line: "2", Time: "9:40"}, board.Bus{Line: "3", Time: "11:20"}, board.Bus{Line: "4", Time: "9:55"})
	show("13:00", board.Bus{Line: "1", Time: "13:10", Late: 25}, board.Bus{Line: "2", Time: "13:20"}, board.Bus{Line: "3", Time: "13:34", Late: 1})
	show("8:00", board.Bus{Line: "1", Time: "8:30"}, board.Bus{Line: "2", Time: "08:20"}, board.Bus{Line: "3", Time: "8:15", Late: 5})
	show("13:00", board.Bus{Line: "b", Time: "13:05", Late: 5}, board.Bus{Line: "a", Time: "13:10"}, board.Bus{Line: "c", Time: "12:50", Late: 20})
}
