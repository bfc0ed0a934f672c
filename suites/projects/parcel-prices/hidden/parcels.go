package driver

import (
	"parcels/quote"
	"parcels/tariff"
)

const text = `
zone near DE
zone far  NO IS
step near 1000 499
step near 5000 805
step near 30000 1650
step far  2000 1333
step far  10000 2899
oversize 751
fuel 7
`

func drive(emit func(any)) {
	t, _ := tariff.Parse(text)
	price := func(length, width, height, grams int, country string, value int) {
		cents, err := quote.Price(t, quote.Parcel{
			Length: length, Width: width, Height: height, Grams: grams, Country: country, Value: value,
		})
		if err != nil {
			emit(err)
			return
		}
		emit(cents)
	}
	price(100, 50, 1000, 1000, "DE", 0)
	price(100, 50, 1000, 1001, "DE", 0)
	price(100, 50, 1001, 100, "DE", 0)
	price(3, 3, 1000, 10, "NO", 0)
	price(1001, 3, 3, 10, "NO", 0)
	price(3, 1200, 3, 10, "NO", 0)
	price(10, 10, 10, 1, "DE", 50000)
	price(10, 10, 10, 1, "DE", 50001)
	price(10, 10, 10, 1, "DE", 50100)
	price(10, 10, 10, 1, "DE", 149901)
	price(500, 500, 600, 8000, "DE", 0)
	price(500, 500, 600, 8000, "IS", 0)
	free := &tariff.Tariff{Zones: t.Zones, Steps: t.Steps}
	cents, _ := quote.Price(free, quote.Parcel{Length: 2000, Width: 1, Height: 1, Grams: 5, Country: "DE"})
	emit(cents)
	half := &tariff.Tariff{Zones: t.Zones, Steps: map[string][]tariff.Step{"near": {{UpTo: 9, Cents: 50}}}, Fuel: 1}
	cents, _ = quote.Price(half, quote.Parcel{Length: 1, Width: 1, Height: 1, Grams: 9, Country: "DE"})
	emit(cents)
}
