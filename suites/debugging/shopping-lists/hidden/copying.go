package driver

import "shopping/list"

func drive(emit func(any)) {
	week := list.New("week")
	week.Add("milk", 2)
	week.Add("bread", 1)
	week.TickAll()
	week.Add("jam", 1)
	party := week.Copy("party")
	emit(week.Open())
	emit(party.Open())
	party.Change("jam", 12)
	week.Change("jam", 3)
	emit([][]string{week.Open(), party.Open()})
	party.Add("cake", 1)
	week.Add("tea", 1)
	party.Add("JAM", 1)
	emit([][]string{week.Open(), party.Open()})
	party.TickAll()
	emit([][]string{week.Open(), party.Open()})
	week.Change("milk", 0)
	emit(len(party.Copy("again").Open()))
}
