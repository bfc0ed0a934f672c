package bands

import (
	"errors"
	"slices"
	"sort"
)

// What is wrong with bands or a quantity.
var (
	ErrBands    = errors.New("bands must begin at different quantities from 1 on")
	ErrQuantity = errors.New("no band holds for this quantity")
)

// Band is a price from a quantity on.
type Band struct {
	From, Cents int
	Name        string
}

// List holds bands in order.
type List struct{ bands []Band }

// New sorts and checks bands.
func New(bands []Band) (*List, error) {
	sorted := slices.Clone(bands)
	slices.SortFunc(sorted, func(a, b Band) int { return a.From - b.From })
	if len(sorted) == 0 || sorted[0].From < 1 {
		return nil, ErrBands
	}
	for i := 1; i < len(sorted); i++ {
		if sorted[i].From == sorted[i-1].From {
			return nil, ErrBands
		}
	}
	return &List{sorted}, nil
}

// Find is the band of a quantity.
func (l *List) Find(quantity int) (Band, bool) {
	// the first band that begins later; the one before it holds
	at := sort.Search(len(l.bands), func(i int) bool { return l.bands[i].From > quantity })
	if at == 0 {
		return Band{}, false
	}
	return l.bands[at-1], true
}

// Cost is what a quantity costs.
func (l *List) Cost(quantity int) (int, error) {
	band, ok := l.Find(quantity)
	if !ok {
		return 0, ErrQuantity
	}
	return quantity * band.Cents, nil
}

// Cheaper is a larger quantity that costs less.
func (l *List) Cheaper(quantity int) int {
	cost, err := l.Cost(quantity)
	if err != nil {
		return 0
	}
	for _, band := range l.bands {
		if band.From > quantity && band.From*band.Cents < cost {
			return band.From
		}
	}
	return 0
}

// Graduated is the cost with each unit at its own price.
func (l *List) Graduated(quantity int) int {
	cost := 0
	for i, band := range l.bands {
		last := quantity
		if i+1 < len(l.bands) {
			last = min(last, l.bands[i+1].From-1)
		}
		// bands that begin behind the quantity have no units
		cost += max(0, last-band.From+1) * band.Cents
	}
	return cost
}
