package driver

import "pinball/scores"

func ranks(points ...int) []int {
	b := scores.New()
	for i, each := range points {
		b.Add(string(rune('a'+i)), each)
	}
	all := []int{}
	for _, line := range b.Prizes() {
		all = append(all, line.Rank)
	}
	return all
}

func drive(emit func(any)) {
	emit(ranks(50, 40, 40, 30))
	emit(ranks(5, 5, 5))
	emit(ranks(1, 2, 2, 3, 3, 3, 0))
	emit(ranks(9, 8, 7))
	b := scores.New()
	b.Add("Cy", 4)
	b.Add("Bo", 4)
	emit(b.Prizes())
}
