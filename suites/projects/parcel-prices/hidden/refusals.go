package driver

import (
	"parcels/quote"
	"parcels/tariff"
)

func drive(emit func(any)) {
	t, _ := tariff.Parse("zone near DE\nzone empty XX\nstep near 1000 499\nfuel 7")
	good := quote.Parcel{Length: 10, Width: 10, Height: 10, Grams: 800, Country: "DE"}
	refused := func(change func(*quote.Parcel)) {
		p := good
		change(&p)
		_, err := quote.Price(t, p)
		emit(err)
	}
	refused(func(p *quote.Parcel) { p.Length = 0 })
	refused(func(p *quote.Parcel) { p.Height = -1; p.Width = -1 })
	refused(func(p *quote.Parcel) { p.Grams = 0; p.Country = "??" })
	refused(func(p *quote.Parcel) { p.Value = -1 })
	refused(func(p *quote.Parcel) { p.Country = "FR"; p.Grams = 9000 })
	refused(func(p *quote.Parcel) { p.Country = "" })
	refused(func(p *quote.Parcel) { p.Grams = 1001 })
	refused(func(p *quote.Parcel) { p.Length = 50001 })
	refused(func(p *quote.Parcel) { p.Country = "XX" })
	heavy, far := good, good
	heavy.Grams, far.Country = 2000, "FR"
	bill, err := quote.Order(t, []quote.Parcel{good, heavy, far})
	emit(err)
	emit([]int{len(bill.Parcels), bill.Total, bill.Saved})
	_, err = quote.Order(t, []quote.Parcel{far, heavy})
	emit(err)
}
