package driver

import "pinball/scores"

func names(players []*scores.Player) []string {
	all := []string{}
	for _, player := range players {
		all = append(all, player.Name)
	}
	return all
}

func drive(emit func(any)) {
	b := scores.New()
	emit([]any{b.Leader(), len(b.Best(3)), len(b.Prizes()), b.Remove("Ana")})
	for name, points := range map[string]int{"Cy": 30, "Ana": 10, "Di": 40, "Bo": 20, "Ed": -5} {
		b.Add(name, points)
	}
	emit(b.Leader())
	emit([][]string{names(b.Best(2)), names(b.Best(9)), names(b.Best(0))})
	emit(b.Prizes())
	emit([]any{b.Remove("Di"), b.Leader(), b.Remove("Ana"), b.Remove("Ana"), b.Leader()})
	emit([]any{b.Add("Ann", 30), b.Leader()})
	emit([]int{b.Add("Ed", 7), b.Add("Ed", -9), b.Add("Ed", 3)})
	emit(names(b.Best(9)))
}
