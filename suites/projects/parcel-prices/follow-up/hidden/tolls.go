package driver

import (
	"parcels/quote"
	"parcels/tariff"
)

const text = `
toll 150 NO IS # the ferry
zone near DE NO
zone far  IS
step near 1000 499
step near 5000 805
step far  9000 1333
toll 20 NO
fuel 7
`

func drive(emit func(any)) {
	t, err := tariff.Parse(text)
	emit(err == nil)
	emit([]int{t.Tolls["NO"], t.Tolls["IS"], t.Tolls["DE"]})
	small := quote.Parcel{Length: 10, Width: 10, Height: 10, Grams: 800, Country: "DE"}
	far, north, dear := small, small, small
	far.Country, north.Country, dear.Country = "IS", "NO", "IS"
	dear.Value = 60000
	for _, p := range []quote.Parcel{small, north, far, dear} {
		cents, err := quote.Price(t, p)
		emit([]any{cents, err})
	}
	bill, err := quote.Order(t, []quote.Parcel{north, small, far, dear})
	emit([]any{bill.Parcels, bill.Total, bill.Saved, err})
	bill, _ = quote.Order(t, []quote.Parcel{small, north})
	emit([]any{bill.Parcels, bill.Saved})
	_, err = tariff.Parse("zone a X\ntoll ten X")
	emit(err)
	_, err = tariff.Parse("toll 10")
	emit(err)
	free := &tariff.Tariff{Zones: t.Zones, Steps: t.Steps}
	cents, _ := quote.Price(free, far)
	emit(cents)
}
