// Package quote prices parcels by a tariff.
package quote

import "parcels/tariff"

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

// Price is what one parcel costs, in cents.
func Price(t *tariff.Tariff, p Parcel) (int, error) {
	panic("not written")
}

// Order is what parcels cost that are sent together.
func Order(t *tariff.Tariff, parcels []Parcel) (Bill, error) {
	panic("not written")
}
