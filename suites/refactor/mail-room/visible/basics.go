package driver

import "mailroom/room"

func drive(emit func(any)) {
	house := room.New(2)
	first, err := house.Take("Ada", 5000, 1)
	emit([]any{first.Number, first.Shelf(), err})
	house.Take("Bo", 100, 2)
	emit([]int{house.Load(1), house.Load(2)})
	_, err = house.Take("Ada", 30000, 2)
	emit([]any{err, house.Warnings(), len(house.Fetch("Ada"))})
}
