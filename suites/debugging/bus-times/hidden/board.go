package driver

import (
	"stop/board"
	"stop/clock"
)

func drive(emit func(any)) {
	timetable := []board.Bus{{Line: "1", Time: "14:00"}, {Line: "2", Time: "14:00"}, {Line: "3", Time: "15:10", Late: 5}, {Line: "4", Time: "16:00"}}
	for _, now := range []string{"13:59", "14:00", "14:01", "15:12", "15:16", "17:00", "11:59", "12:00", "24:00", "x"} {
		lines, err := board.Board(timetable, now)
		if err != nil {
			emit(err)
			continue
		}
		emit(lines)
	}
	_, err := board.Board([]board.Bus{{Line: "1", Time: "12:5"}}, "12:00")
	emit(err)
	lines, _ := board.Board(nil, "12:00")
	emit(len(lines))
	emit(timetable[0].Line)
	minutes, _ := clock.Minutes("23:59")
	emit(minutes)
}
