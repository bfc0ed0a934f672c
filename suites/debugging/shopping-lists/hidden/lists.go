package driver

import "shopping/list"

func drive(emit func(any)) {
	l := list.New("week")
	emit(l.Open())
	l.Add("milk", 2)
	l.Add("bread", 1)
	l.Add("MILK", 1)
	emit(l.Open())
	emit([]bool{l.Change("Bread", 4), l.Change("jam", 1), l.Tick("jam")})
	emit(l.Open())
	l.TickAll()
	emit(l.Open())
	l.Add("milk", 5)
	emit(l.Open())
	emit([]bool{l.Change("milk", 0), l.Change("milk", 0), l.Change("milk", 3)})
	emit(l.Open())
	party := list.New("eggs").Copy("party")
	party.Add("cake", 1)
	emit(party.Open())
	emit(party.Title)
}
