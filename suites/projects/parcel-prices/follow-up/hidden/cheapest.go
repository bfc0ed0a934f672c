package driver

import (
	"parcels/quote"
	"parcels/tariff"
)

func drive(emit func(any)) {
	read := func(text string) *tariff.Tariff {
		t, err := tariff.Parse(text)
		if err != nil {
			panic(err)
		}
		return t
	}
	dear := read("zone a X\nstep a 1000 900")
	cheap := read("zone a X\nstep a 500 400\ntoll 100 X")
	same := read("zone a X\nstep a 1000 500")
	none := read("zone a Y\nstep a 1000 1")
	show := func(grams int, tariffs ...*tariff.Tariff) {
		place, cents, err := quote.Cheapest(tariffs, quote.Parcel{Length: 1, Width: 1, Height: 1, Grams: grams, Country: "X"})
		emit([]any{place, cents, err})
	}
	show(500, dear, cheap, same)
	show(500, none, same, cheap, dear)
	show(501, cheap, dear, none)
	show(2000, cheap, dear)
	show(2000, none, cheap)
	show(0, dear)
	show(500)
	show(500, dear)
}
