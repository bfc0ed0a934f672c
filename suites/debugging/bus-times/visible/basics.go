package driver

import "stop/board"

func drive(emit func(any)) {
	timetable := []board.Bus{{Line: "12", Time: "9:55"}, {Line: "4", Time: "10:05", Late: 3}, {Line: "7", Time: "12:00"}}
	for _, now := range []string{"9:40", "10:50"} {
		lines, err := board.Board(timetable, now)
		emit(lines)
		emit(err)
	}
}
