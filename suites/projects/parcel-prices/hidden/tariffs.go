package driver

import "parcels/tariff"

func drive(emit func(any)) {
	t, err := tariff.Parse("zone a X Y # two\nstep a 20 7\nstep a 10 5\n\nfuel 3")
	emit(err == nil)
	emit([]any{t.Zones["X"], t.Zones["Y"], t.Fuel, t.Oversize})
	emit([]int{t.Steps["a"][0].UpTo, t.Steps["a"][1].UpTo})
	_, err = tariff.Parse("fuel 3\nstep a ten 5")
	emit(err)
	_, err = tariff.Parse("zone a")
	emit(err)
}
