package driver

import "badges/badge"

func drive(emit func(any)) {
	for _, name := range []string{"Dr. Ada King", "Drew Durant"} {
		first, others := badge.Lines(name)
		emit([]string{first, others})
	}
}
