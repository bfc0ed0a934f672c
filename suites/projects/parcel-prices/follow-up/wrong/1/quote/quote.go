// Package quote prices parcels by a tariff.
package quote

import (
	"errors"
	"fmt"
	"parcels/tariff"
)

// Parcel is what shall be sent.
type Parcel struct {
	Length, Width, Height int // millimetres
	Grams                 int
	Country               string
	Value                 int // cents
}

// Bill is what parcels cost that are sent together, in cents.
type Bill struct {
	Parcels []int
	Total   int
	Saved   int
}

const (
	cubicPerGram = 5000
	longest      = 1000
	insured      = 50000
)

// Price is what one parcel costs, in cents.
func Price(t *tariff.Tariff, p Parcel) (int, error) {
	freight, err := freight(t, p)
	if err != nil {
		return 0, err
	}
	return withFuel(t, freight+t.Tolls[p.Country]) + insurance(p), nil
}

// Order is what parcels cost that are sent together.
func Order(t *tariff.Tariff, parcels []Parcel) (Bill, error) {
	freights := make([]int, len(parcels))
	dearest := 0
	for i, p := range parcels {
		cents, err := freight(t, p)
		if err != nil {
			return Bill{}, fmt.Errorf("parcel %d: %w", i+1, err)
		}
		freights[i] = cents
		if cents > freights[dearest] {
			dearest = i
		}
	}
	var bill Bill
	for i, cents := range freights {
		reduced := cents
		if i != dearest {
			reduced = cents * 4 / 5
		}
		price := withFuel(t, reduced) + beside(t, parcels[i])
		bill.Parcels = append(bill.Parcels, price)
		bill.Total += price
		bill.Saved += withFuel(t, cents) - withFuel(t, reduced)
	}
	return bill, nil
}

// freight is the price of the weight and of a long side.
func freight(t *tariff.Tariff, p Parcel) (int, error) {
	if min(p.Length, p.Width, p.Height, p.Grams) <= 0 || p.Value < 0 {
		return 0, errors.New("bad parcel")
	}
	zone, served := t.Zones[p.Country]
	if !served {
		return 0, fmt.Errorf("no zone for %s", p.Country)
	}
	charged := max(p.Grams, (p.Length*p.Width*p.Height+cubicPerGram-1)/cubicPerGram)
	most := 0
	for _, step := range t.Steps[zone] {
		if charged <= step.UpTo {
			if max(p.Length, p.Width, p.Height) > longest {
				return step.Cents + t.Oversize, nil
			}
			return step.Cents, nil
		}
		most = step.UpTo
	}
	return 0, fmt.Errorf("too heavy: %d g, at most %d g", charged, most)
}

func withFuel(t *tariff.Tariff, cents int) int {
	return cents + (cents*t.Fuel+50)/100
}

// Cheapest is the place of the tariff by which a parcel costs least, and what it costs.
func Cheapest(tariffs []*tariff.Tariff, p Parcel) (int, int, error) {
	best, least := -1, 0
	failure := errors.New("no tariff")
	for i, t := range tariffs {
		cents, err := Price(t, p)
		switch {
		case err != nil && i == 0:
			failure = err
		case err == nil && (best < 0 || cents < least):
			best, least = i, cents
		}
	}
	if best < 0 {
		return 0, 0, failure
	}
	return best, least, nil
}

// beside is what comes on top of freight and fuel.
func beside(t *tariff.Tariff, p Parcel) int {
	return t.Tolls[p.Country] + insurance(p)
}

func insurance(p Parcel) int {
	return (max(p.Value-insured, 0) + 99) / 100
}
