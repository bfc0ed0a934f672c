package driver

import "theatre/seats"

func drive(emit func(any)) {
	for _, label := range []string{"A5", "j9", "z99", "P10", "", "A", "5", "AA5", "A05", "A+5", "A100", "A0", "I4", "o4", "A5 "} {
		row, seat, err := seats.Parse(label)
		if err != nil {
			emit(err)
			continue
		}
		emit([]int{row, seat})
	}
}
