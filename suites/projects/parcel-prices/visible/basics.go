package driver

import (
	"parcels/quote"
	"parcels/tariff"
)

const text = `
zone near DE AT
step near 1000 500
step near 5000 800
oversize 300
fuel 10
`

func drive(emit func(any)) {
	t, err := tariff.Parse(text)
	emit(err == nil)
	cents, _ := quote.Price(t, quote.Parcel{Length: 100, Width: 100, Height: 100, Grams: 900, Country: "DE"})
	emit(cents)
	bill, _ := quote.Order(t, []quote.Parcel{
		{Length: 100, Width: 100, Height: 100, Grams: 900, Country: "DE"},
		{Length: 100, Width: 100, Height: 100, Grams: 4000, Country: "AT"},
	})
	emit([]int{bill.Total, bill.Saved})
	_, err = quote.Price(t, quote.Parcel{Length: 1, Width: 1, Height: 1, Grams: 1, Country: "FR"})
	emit(err)
}
