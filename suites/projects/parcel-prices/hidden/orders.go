package driver

import (
	"parcels/quote"
	"parcels/tariff"
)

const text = `
zone near DE
zone far  NO
step near 1000 499
step near 5000 805
step far  2000 1333
oversize 751
fuel 7
`

func drive(emit func(any)) {
	t, _ := tariff.Parse(text)
	small := quote.Parcel{Length: 10, Width: 10, Height: 10, Grams: 800, Country: "DE"}
	large := quote.Parcel{Length: 10, Width: 10, Height: 10, Grams: 4800, Country: "DE"}
	long := quote.Parcel{Length: 1100, Width: 10, Height: 10, Grams: 800, Country: "DE"}
	far := quote.Parcel{Length: 10, Width: 10, Height: 10, Grams: 800, Country: "NO"}
	dear := small
	dear.Value = 1000000
	show := func(parcels ...quote.Parcel) {
		bill, err := quote.Order(t, parcels)
		emit(err == nil)
		emit(bill.Parcels)
		emit([]int{bill.Total, bill.Saved})
	}
	show(small)
	show(small, small)
	show(small, large, small)
	show(large, long)
	show(dear, large)
	show(far, large, long, small)
	bill, err := quote.Order(t, nil)
	emit([]any{len(bill.Parcels), bill.Total, bill.Saved, err == nil})
}
