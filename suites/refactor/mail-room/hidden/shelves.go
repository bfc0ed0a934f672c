package driver

import (
	"fmt"

	"mailroom/room"
)

func drive(emit func(any)) {
	none := room.New(0)
	parcel, err := none.Take("Ada", 0, 1)
	emit([]any{shown(parcel), err, none.Warnings(), none.Load(1)})
	house := room.New(2)
	for _, grams := range []int{20000, 19999, 1, 1, 0, 20001, -5, 5} {
		parcel, err := house.Take("Ada", grams, 1)
		emit([]any{shown(parcel), err, house.Load(1), house.Load(2)})
	}
	emit(house.Warnings())
	for grams := range 5 {
		house.Take("Bo", 40000+grams, 1)
	}
	emit(house.Warnings())
	emit(house.SendBack(50, 1))
	emit(house.Warnings())
	emit([]int{house.Load(1), house.Load(2)})
}

func shown(parcels ...room.Parcel) []string {
	lines := []string{}
	for _, p := range parcels {
		lines = append(lines, fmt.Sprint(p.Number, " ", p.Owner, " ", p.Grams, " ", p.Day, " ", p.Shelf()))
	}
	return lines
}

