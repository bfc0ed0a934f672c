package driver

import "theatre/seats"

func drive(emit func(any)) {
	for _, at := range [][2]int{{1, 5}, {8, 12}, {2, 100}} {
		label, err := seats.Label(at[0], at[1])
		if err != nil {
			emit(err)
			continue
		}
		emit(label)
	}
	row, seat, _ := seats.Parse("c7")
	emit([]int{row, seat})
}
