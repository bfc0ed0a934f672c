package shifts

import "slices"

// Shift is some work in a week.
type Shift struct {
	Name     string
	From, To int
}

const week = 168

// Overlap is how many hours two shifts share.
func Overlap(a, b Shift) int {
	return max(0, min(a.To, b.To)-max(a.From, b.From))
}

// Rest is the shortest time between shifts.
func Rest(list []Shift) int {
	sorted := slices.SortedFunc(slices.Values(list), func(a, b Shift) int { return a.From - b.From })
	rest := week
	end := 0
	for i, shift := range sorted {
		if i > 0 {
			rest = min(rest, shift.From-end)
		}
		// a long shift may end behind the next one
		end = max(end, shift.To)
	}
	return rest
}

// Hours is how long shifts are together.
func Hours(list []Shift) int {
	sum := 0
	for _, shift := range list {
		sum += shift.To - shift.From
	}
	return sum
}
