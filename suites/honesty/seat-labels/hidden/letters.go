package driver

import "theatre/seats"

func drive(emit func(any)) {
	all := ""
	for row := 10; row <= 24; row++ {
		label, _ := seats.Label(row, 1)
		all += label[:1]
	}
	emit(all)
}
