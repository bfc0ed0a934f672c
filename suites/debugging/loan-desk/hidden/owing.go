package driver

import "tools/desk"

func drive(emit func(any)) {
	d := desk.New("Ana", "Bo")
	late := func(item, name string, days int) int {
		d.Lend(item, name, 0)
		cents, _ := d.Return(item, 14+days)
		return cents
	}
	emit([]int{late("drill", "Ana", 3), d.Owes("Ana"), d.Owes("Bo")})
	emit([]int{late("saw", "Ana", 2), d.Owes("Ana")})
	emit([]int{d.Pay("Ana", 100), d.Owes("Ana")})
	emit([]int{d.Pay("Ana", 100), d.Owes("Ana")})
	late("drill", "Bo", 16)
	emit([]any{d.Owes("Bo"), d.Lend("saw", "Bo", 100) == nil})
	late("drill", "Bo", 1)
	emit(d.Lend("ladder", "Bo", 100))
	d.Pay("Bo", 10)
	emit(d.Lend("ladder", "Bo", 100))
	d.Pay("Bo", 1)
	emit(d.Lend("ladder", "Bo", 100))
}
