// Package quote prices parcels by a tariff.
package quote

import (
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

// item is a parcel with all parts of its price.
type item struct {
	freight int
	fuel    int // percent
	extra   int // toll and insurance
}

func (i item) price(discount bool) int {
	base := i.freight
	if discount {
		base -= (base + 4) / 5
	}
	fuel := (2*base*i.fuel + 100) / 200
	return base + fuel + i.extra
}

func read(t *tariff.Tariff, p Parcel) (item, error) {
	for _, size := range []int{p.Length, p.Width, p.Height, p.Grams, p.Value + 1} {
		if size < 1 {
			return item{}, fmt.Errorf("bad parcel")
		}
	}
	zone, ok := t.Zones[p.Country]
	if !ok {
		return item{}, fmt.Errorf("no zone for %s", p.Country)
	}
	volume := p.Length * p.Width * p.Height
	weight := volume / 5000
	if volume%5000 != 0 {
		weight++
	}
	if p.Grams > weight {
		weight = p.Grams
	}
	steps := t.Steps[zone]
	if len(steps) == 0 || weight > steps[len(steps)-1].UpTo {
		last := 0
		if len(steps) > 0 {
			last = steps[len(steps)-1].UpTo
		}
		return item{}, fmt.Errorf("too heavy: %d g, at most %d g", weight, last)
	}
	at := 0
	for steps[at].UpTo < weight {
		at++
	}
	i := item{freight: steps[at].Cents, fuel: t.Fuel, extra: t.Tolls[p.Country]}
	if p.Length > 1000 || p.Width > 1000 || p.Height > 1000 {
		i.freight += t.Oversize
	}
	if over := p.Value - 50000; over > 0 {
		i.extra += (over + 99) / 100
	}
	return i, nil
}

// Price is what one parcel costs, in cents.
func Price(t *tariff.Tariff, p Parcel) (int, error) {
	i, err := read(t, p)
	if err != nil {
		return 0, err
	}
	return i.price(false), nil
}

// Order is what parcels cost that are sent together.
func Order(t *tariff.Tariff, parcels []Parcel) (Bill, error) {
	var items []item
	for n, p := range parcels {
		i, err := read(t, p)
		if err != nil {
			return Bill{}, fmt.Errorf("parcel %d: %w", n+1, err)
		}
		items = append(items, i)
	}
	full := 0
	for n := range items {
		if items[n].freight > items[full].freight {
			full = n
		}
	}
	bill := Bill{}
	for n, i := range items {
		cents := i.price(n != full)
		bill.Parcels = append(bill.Parcels, cents)
		bill.Total += cents
		bill.Saved += i.price(false) - cents
	}
	return bill, nil
}

// Cheapest compares tariffs.
func Cheapest(tariffs []*tariff.Tariff, p Parcel) (place, cents int, err error) {
	found := false
	for n := len(tariffs) - 1; n >= 0; n-- {
		price, why := Price(tariffs[n], p)
		if why != nil {
			err = why
		} else if !found || price <= cents {
			found, place, cents = true, n, price
		}
	}
	if found {
		return place, cents, nil
	}
	if len(tariffs) == 0 {
		err = fmt.Errorf("no tariff")
	}
	return 0, 0, err
}
