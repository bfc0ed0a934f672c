package driver

import (
	"fmt"

	"mailroom/room"
)

func drive(emit func(any)) {
	house := room.New(3)
	for number, owner := range []string{"Ada", "Bo", "Ada", "Cy", "Ada", ""} {
		parcel, err := house.Take(owner, 100*number, number)
		emit([]any{shown(parcel), err})
	}
	emit(shown(house.Fetch("Ada")...))
	emit(shown(house.Fetch("Ada")...))
	emit([]int{house.Load(0), house.Load(1), house.Load(2), house.Load(3), house.Load(4)})
	parcel, err := house.Take("Dee", 1, 9)
	emit([]any{shown(parcel), err, shown(house.Fetch("")...)})
	emit(house.SendBack(9, 8))
	emit(house.SendBack(9, 7))
	emit(house.SendBack(100, 0))
	emit([]any{house.Warnings(), house.Warnings()})
	emit(house.SendBack(100, -1000))
}

func shown(parcels ...room.Parcel) []string {
	lines := []string{}
	for _, p := range parcels {
		lines = append(lines, fmt.Sprint(p.Number, " ", p.Owner, " ", p.Grams, " ", p.Day, " ", p.Shelf()))
	}
	return lines
}

