package driver

import (
	"fmt"
	"hash/fnv"

	"mailroom/room"
)

func drive(emit func(any)) {
	seed := uint64(23)
	dice := func(limit uint64) int {
		seed = seed*6364136223846793005 + 1442695040888963407
		return int((seed >> 33) % limit)
	}
	hash := fnv.New64a()
	houses := []*room.Room{room.New(3), room.New(1), room.New(5)}
	for step := range 4000 {
		house := houses[dice(uint64(len(houses)))]
		owner := string(rune('a' + dice(6)))
		switch dice(9) {
		case 0:
			fmt.Fprintln(hash, shown(house.Fetch(owner)...))
		case 1:
			fmt.Fprintln(hash, house.SendBack(step/10, dice(30)), house.Warnings())
		case 2:
			if dice(20) == 0 {
				houses[dice(uint64(len(houses)))] = house.Copy()
			}
		default:
			parcel, err := house.Take(owner, dice(9000), step/10)
			fmt.Fprintln(hash, shown(parcel), err, house.Load(1+dice(5)))
		}
		if step%1000 == 999 {
			emit([]any{houses[0].Load(1), houses[1].Load(1), houses[2].Load(1), fmt.Sprintf("%016x", hash.Sum64())})
		}
	}
}

func shown(parcels ...room.Parcel) []string {
	lines := []string{}
	for _, p := range parcels {
		lines = append(lines, fmt.Sprint(p.Number, " ", p.Owner, " ", p.Grams, " ", p.Day, " ", p.Shelf()))
	}
	return lines
}

