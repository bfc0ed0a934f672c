package driver

import "pinball/scores"

func drive(emit func(any)) {
	b := scores.New()
	names := []string{"Ana", "Bo", "Cy", "Di", "Ed", "Flo", "Gil", "Hal"}
	for i, name := range names {
		b.Add(name, 100-10*i)
	}
	leaders := []string{}
	step := func(name string, points int) {
		b.Add(name, points)
		leaders = append(leaders, b.Leader())
	}
	step("Hal", 80)
	step("Ana", -50)
	step("Hal", -20)
	step("Flo", 40)
	step("Bo", 0)
	step("Bo", -10)
	step("Bo", -80)
	emit(leaders)
	order := []string{}
	for b.Leader() != "" {
		order = append(order, b.Leader())
		b.Remove(b.Leader())
	}
	emit(order)
	seed, differ := uint32(7), 0
	for range 2000 {
		seed = seed*1664525 + 1013904223
		b.Add(string(rune('a'+seed>>16%26)), int(seed>>8%61)-30)
		if seed>>24%8 == 0 {
			b.Remove(string(rune('a' + seed>>20%26)))
		}
		if best := b.Best(1); len(best) > 0 && best[0].Name != b.Leader() {
			differ++
		}
	}
	emit(differ)
}
