package scores

import "cmp"

// compare says who comes first: below 0 if it is a.
func compare(a, b *Player) int {
	return cmp.Or(cmp.Compare(b.Points, a.Points), cmp.Compare(a.Name, b.Name))
}

// ranking is a heap of players.
type ranking []*Player

func (r ranking) Len() int           { return len(r) }
func (r ranking) Less(i, j int) bool { return compare(r[i], r[j]) < 0 }

func (r ranking) Swap(i, j int) {
	r[i], r[j] = r[j], r[i]
	r[i].place, r[j].place = i, j
}

func (r *ranking) Push(player any) {
	added := player.(*Player)
	added.place = len(*r)
	*r = append(*r, added)
}

func (r *ranking) Pop() any {
	last := len(*r) - 1
	player := (*r)[last]
	*r = (*r)[:last]
	return player
}
