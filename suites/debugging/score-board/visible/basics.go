package driver

import "pinball/scores"

func drive(emit func(any)) {
	b := scores.New()
	b.Add("Ana", 50)
	b.Add("Bo", 40)
	emit(b.Leader())
	emit(b.Add("Bo", 15))
	emit(b.Leader())
	emit(b.Prizes())
}
