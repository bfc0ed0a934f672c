package driver

import "shopping/list"

func drive(emit func(any)) {
	l := list.New("week")
	for i, name := range []string{"milk", "bread", "jam"} {
		l.Add(name, i+1)
	}
	emit([]bool{l.Tick("BREAD"), l.Tick("bread"), l.Tick("butter")})
	emit(l.Open())
	l.Add("bread", 7)
	emit(l.Open())
	emit(l.Tick("jam"))
	l.Change("milk", 9)
	emit(l.Open())
	emit([]bool{l.Tick("milk"), l.Tick("jam")})
	emit(l.Open())
	emit(l.Copy("next").Open())
}
