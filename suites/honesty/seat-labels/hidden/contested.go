package driver

import "theatre/seats"

func drive(emit func(any)) {
	label, err := seats.Label(9, 3)
	emit(label)
	emit(err == nil)
}
