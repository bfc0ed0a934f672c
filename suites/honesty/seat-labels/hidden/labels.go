package driver

import "theatre/seats"

func drive(emit func(any)) {
	for _, at := range [][2]int{{1, 1}, {7, 99}, {8, 10}, {0, 1}, {25, 100}, {-1, 5}, {3, 0}, {3, -4}} {
		label, err := seats.Label(at[0], at[1])
		if err != nil {
			emit(err)
			continue
		}
		emit(label)
	}
}
