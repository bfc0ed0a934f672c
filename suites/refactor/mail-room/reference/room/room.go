// Package room keeps the parcels of a house until somebody fetches them.
package room

import (
	"fmt"
	"maps"
	"slices"
)

const (
	limit       = 20000 // grams on a shelf
	mostWarning = 3
)

// Room is the mail room of a house.
type Room struct {
	parcels  map[int]Parcel
	last     int
	loads    []int
	warnings []string
}

// New is an empty room with so many shelves.
func New(shelves int) *Room {
	return &Room{parcels: map[int]Parcel{}, loads: make([]int, shelves)}
}

// Take takes a parcel in. It lies on the shelf with the least load, the lowest of several, and not at all if that
// becomes too heavy.
func (r *Room) Take(owner string, grams, day int) (Parcel, error) {
	best := -1
	for shelf, load := range r.loads {
		if best < 0 || load < r.loads[best] {
			best = shelf
		}
	}
	if best < 0 || r.loads[best]+grams > limit {
		r.warn(fmt.Sprintf("no room for %d g of %s", grams, owner))
		return Parcel{}, fmt.Errorf("no shelf takes %d g", grams)
	}
	r.last++
	parcel := Parcel{Number: r.last, Owner: owner, Grams: grams, Day: day, shelf: best + 1}
	r.loads[best] += grams
	r.parcels[parcel.Number] = parcel
	return parcel, nil
}

// Fetch gives an owner all parcels, by their numbers.
func (r *Room) Fetch(owner string) []Parcel {
	return r.remove(func(parcel Parcel) bool { return parcel.Owner == owner })
}

// SendBack sends back what has waited for more than so many days; the numbers, and a warning for each.
func (r *Room) SendBack(day, days int) []int {
	sent := []int{}
	for _, parcel := range r.remove(func(parcel Parcel) bool { return day-parcel.Day > days }) {
		sent = append(sent, parcel.Number)
		r.warn(fmt.Sprintf("parcel %d of %s went back", parcel.Number, parcel.Owner))
	}
	return sent
}

// Load is the grams on a shelf, from 1.
func (r *Room) Load(shelf int) int {
	if shelf < 1 || shelf > len(r.loads) {
		return 0
	}
	return r.loads[shelf-1]
}

// Warnings are those since the last time that somebody asked.
func (r *Room) Warnings() []string {
	lines := append([]string{}, r.warnings...)
	r.warnings = nil
	return lines
}

// Copy is a room with the same parcels and warnings, which goes its own way from now on.
func (r *Room) Copy() *Room {
	return &Room{
		parcels:  maps.Clone(r.parcels),
		last:     r.last,
		loads:    slices.Clone(r.loads),
		warnings: slices.Clone(r.warnings),
	}
}

// remove takes parcels from their shelves, by their numbers.
func (r *Room) remove(goes func(Parcel) bool) []Parcel {
	removed := []Parcel{}
	for _, number := range slices.Sorted(maps.Keys(r.parcels)) {
		if parcel := r.parcels[number]; goes(parcel) {
			removed = append(removed, parcel)
			r.loads[parcel.shelf-1] -= parcel.Grams
			delete(r.parcels, number)
		}
	}
	return removed
}

func (r *Room) warn(line string) {
	if len(r.warnings) == mostWarning {
		r.warnings = r.warnings[1:]
	}
	r.warnings = append(r.warnings, line)
}
