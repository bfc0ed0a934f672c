package driver

import "pinball/scores"

func drive(emit func(any)) {
	b := scores.New()
	for i, name := range []string{"Ana", "Bo", "Cy"} {
		b.Add(name, 30-10*i)
	}
	best := b.Best(2)
	for _, player := range best {
		player.Name = "Club: " + player.Name
		player.Points = 0
	}
	emit([]string{best[0].Name, best[1].Name})
	emit(b.Leader())
	emit(b.Prizes())
	best[0], best[1] = best[1], best[0]
	emit(b.Best(2)[0].Name)
	emit([]any{b.Remove("Ana"), b.Leader(), b.Add("Bo", 1)})
}
