package driver

import "tools/desk"

func drive(emit func(any)) {
	d := desk.New("Ana", "Bo")
	emit(d.Lend("drill", "Cy", 1))
	emit(d.Lend("drill", "Ana", 1))
	emit(d.Lend("drill", "Bo", 2))
	emit([]any{d.Overdue(15), d.Overdue(16)})
	cents, err := d.Return("drill", 15)
	emit([]any{cents, err == nil, d.Owes("Ana")})
	_, err = d.Return("drill", 15)
	emit(err)
	emit(d.Extend("drill"))
	emit(d.Lend("drill", "Bo", 20))
	d.Reserve("drill")
	emit(d.Extend("drill"))
	emit(d.Overdue(35))
	emit([]int{d.Pay("Ana", 50), d.Pay("Cy", 20), d.Owes("Cy")})
}
