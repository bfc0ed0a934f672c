package driver

import "station/board"

func drive(emit func(any)) {
	for seed, count := range []int{0, 1, 4, 12, 40} {
		all := trains(count, uint64(seed))
		for _, now := range []int{0, 700, 905, 1439} {
			emit([]any{board.Arrivals(all, now, 9), board.Arrivals(all, now, 0), len(board.Arrivals(all, now, -1))})
		}
	}
	before := trains(20, 9)
	board.Arrivals(before, 0, 99)
	same := true
	for at, train := range trains(20, 9) {
		same = same && before[at] == train
	}
	emit(same)
}

func trains(count int, seed uint64) []board.Train {
	dice := func(limit uint64) int {
		seed = seed*6364136223846793005 + 1442695040888963407
		return int((seed >> 33) % limit)
	}
	places := []string{"Aach", "Überlingen am See", "Buir", "Zürich Flughafen", "Vierzehn Zeich", "Fünfzehn Zeiche", "", "São Paulo"}
	var trains []board.Train
	for range count {
		train := board.Train{Line: []string{"S1", "S10", "ICE 7", "R"}[dice(4)], From: places[dice(8)], To: places[dice(8)]}
		train.Arrives = dice(12)*30 + 600
		train.Departs = train.Arrives + dice(90)
		switch dice(4) {
		case 0:
			train.Arrives = -1
		case 1:
			train.Departs = -1
		}
		train.Late = []int{0, 0, 4, 5, 9, 10, 64, -3}[dice(8)]
		train.Platform = []string{"1", "2", "3a", ""}[dice(4)]
		train.Cancelled = dice(6) == 0
		trains = append(trains, train)
	}
	return trains
}

