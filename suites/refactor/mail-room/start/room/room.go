// Package room keeps the parcels of a house until somebody fetches them.
package room

import (
	"fmt"
	"sort"
)

var (
	parcels  = map[string]map[int]Parcel{}
	last     = map[string]int{}
	loads    = map[string][]int{}
	warnings = map[string][]string{}
	limit    = 20000 // grams on a shelf
)

// Room is the mail room of a house.
type Room struct {
	house   string
	shelves int
}

var rooms int

// New is an empty room with so many shelves.
func New(shelves int) *Room {
	rooms++
	house := fmt.Sprint("house ", rooms)
	parcels[house] = map[int]Parcel{}
	loads[house] = make([]int, shelves)
	return &Room{house: house, shelves: shelves}
}

// Take takes a parcel in. It lies on the shelf with the least load, the lowest of several, and not at all if that
// becomes too heavy.
func (r *Room) Take(owner string, grams, day int) (Parcel, error) {
	best := -1
	for shelf, load := range loads[r.house] {
		if best < 0 || load < loads[r.house][best] {
			best = shelf
		}
	}
	if best < 0 || loads[r.house][best]+grams > limit {
		warn(r.house, fmt.Sprintf("no room for %d g of %s", grams, owner))
		return Parcel{}, fmt.Errorf("no shelf takes %d g", grams)
	}
	last[r.house]++
	parcel := Parcel{Number: last[r.house], Owner: owner, Grams: grams, Day: day, shelf: best + 1}
	loads[r.house][best] += grams
	parcels[r.house][parcel.Number] = parcel
	return parcel, nil
}

// Fetch gives an owner all parcels, by their numbers.
func (r *Room) Fetch(owner string) []Parcel {
	fetched := []Parcel{}
	for number, parcel := range parcels[r.house] {
		if parcel.Owner == owner {
			fetched = append(fetched, parcel)
			loads[r.house][parcel.shelf-1] -= parcel.Grams
			delete(parcels[r.house], number)
		}
	}
	sort.Slice(fetched, func(i, j int) bool { return fetched[i].Number < fetched[j].Number })
	return fetched
}

// SendBack sends back what has waited for more than so many days; the numbers, and a warning for each.
func (r *Room) SendBack(day, days int) []int {
	sent := []int{}
	for number, parcel := range parcels[r.house] {
		if day-parcel.Day > days {
			sent = append(sent, number)
		}
	}
	sort.Ints(sent)
	for _, number := range sent {
		parcel := parcels[r.house][number]
		loads[r.house][parcel.shelf-1] -= parcel.Grams
		delete(parcels[r.house], number)
		warn(r.house, fmt.Sprintf("parcel %d of %s went back", number, parcel.Owner))
	}
	return sent
}

// Load is the grams on a shelf, from 1.
func (r *Room) Load(shelf int) int {
	if shelf < 1 || shelf > r.shelves {
		return 0
	}
	return loads[r.house][shelf-1]
}

// Warnings are those since the last time that somebody asked.
func (r *Room) Warnings() []string {
	lines := warnings[r.house]
	warnings[r.house] = nil
	if lines == nil {
		lines = []string{}
	}
	return lines
}

// Copy is a room with the same parcels and warnings, which goes its own way from now on.
func (r *Room) Copy() *Room {
	other := New(r.shelves)
	for number, parcel := range parcels[r.house] {
		parcels[other.house][number] = parcel
	}
	copy(loads[other.house], loads[r.house])
	last[other.house] = last[r.house]
	warnings[other.house] = append([]string(nil), warnings[r.house]...)
	return other
}

func warn(house, line string) {
	if len(warnings[house]) == 3 {
		warnings[house] = warnings[house][1:]
	}
	warnings[house] = append(warnings[house], line)
}
