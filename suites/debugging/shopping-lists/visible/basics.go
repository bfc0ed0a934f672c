package driver

import "shopping/list"

func drive(emit func(any)) {
	l := list.New("week")
	l.Add("milk", 2)
	l.Add("bread", 1)
	emit(l.Tick("Milk"))
	emit(l.Open())
}
