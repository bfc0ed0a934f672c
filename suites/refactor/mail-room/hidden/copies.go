package driver

import (
	"fmt"

	"mailroom/room"
)

func drive(emit func(any)) {
	first, second := room.New(1), room.New(2)
	first.Take("Ada", 10, 1)
	second.Take("Ada", 20, 1)
	emit([]any{shown(first.Fetch("Ada")...), first.Load(1), second.Load(1)})
	second.Take("Bo", 50000, 2)
	other := second.Copy()
	parcel, err := other.Take("Cy", 5, 3)
	emit([]any{shown(parcel), err, second.Load(2), other.Load(2), other.Load(3)})
	emit([]any{other.Warnings(), second.Warnings(), other.Warnings()})
	parcel, err = second.Take("Dee", 6, 3)
	emit([]any{shown(parcel), err})
	emit([]any{other.SendBack(9, 5), second.Load(1), other.Load(1), second.SendBack(9, 5)})
	third := other.Copy().Copy()
	emit([]any{third.Warnings(), other.Warnings(), shown(third.Fetch("Cy")...), shown(other.Fetch("Cy")...)})
	first.Take("Eva", 1, 1)
	emit([]any{shown(first.Fetch("Eva")...), first.Copy().Warnings()})
}

func shown(parcels ...room.Parcel) []string {
	lines := []string{}
	for _, p := range parcels {
		lines = append(lines, fmt.Sprint(p.Number, " ", p.Owner, " ", p.Grams, " ", p.Day, " ", p.Shelf()))
	}
	return lines
}

