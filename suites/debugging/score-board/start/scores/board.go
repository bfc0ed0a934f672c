// Package scores keeps the scores of players.
package scores

import (
	"container/heap"
	"slices"
)

// Player has a name and points.
type Player struct {
	Name   string
	Points int

	place int // in the heap
}

// Line is a line of the prize list.
type Line struct {
	Rank   int
	Name   string
	Points int
}

// Board has all players. The one with the most points leads; of those that are level, the one whose name comes first.
type Board struct {
	byName map[string]*Player
	order  ranking
}

// New is a board without players.
func New() *Board {
	return &Board{byName: map[string]*Player{}}
}

// Add gives points to a player, or takes some away; whoever is not there yet begins with none. Nobody has less than no
// points. It returns how many the player has.
func (b *Board) Add(name string, points int) int {
	player, known := b.byName[name]
	if !known {
		player = &Player{Name: name, Points: max(0, points)}
		b.byName[name] = player
		heap.Push(&b.order, player)
		return player.Points
	}
	player.Points = max(0, player.Points+points)
	return player.Points
}

// Remove takes a player off the board, and returns whether there was one of that name.
func (b *Board) Remove(name string) bool {
	player, known := b.byName[name]
	if known {
		heap.Remove(&b.order, player.place)
		delete(b.byName, name)
	}
	return known
}

// Leader is the name of the player who leads; empty without players.
func (b *Board) Leader() string {
	if len(b.order) == 0 {
		return ""
	}
	return b.order[0].Name
}

// Best are the first players, at most so many. Whoever gets them may change them.
func (b *Board) Best(most int) []*Player {
	players := b.sorted()
	return players[:min(most, len(players))]
}

// Prizes is the list of all players. Those that are level have the same rank: one more than there are players with
// more points.
func (b *Board) Prizes() []Line {
	lines := []Line{}
	for i, player := range b.sorted() {
		rank := i + 1
		if i > 0 && lines[i-1].Points == player.Points && lines[i-1].Name == player.Name {
			rank = lines[i-1].Rank
		}
		lines = append(lines, Line{rank, player.Name, player.Points})
	}
	return lines
}

func (b *Board) sorted() []*Player {
	players := slices.Clone(b.order)
	slices.SortFunc(players, compare)
	return players
}
