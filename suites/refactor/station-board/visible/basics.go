package driver

import "station/board"

func drive(emit func(any)) {
	trains := []board.Train{
		{Line: "S1", From: "Aach", To: "Buir", Arrives: 490, Departs: 491, Platform: "2", Late: 7},
		{Line: "R", From: "Köln", To: "Aach", Arrives: 480, Departs: -1, Platform: "1"},
	}
	emit(board.Departures(trains, 480, 5))
	emit(board.Arrivals(trains, 480, 5))
	emit(board.Platform(trains, "1", 480))
}
