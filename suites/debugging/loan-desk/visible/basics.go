package driver

import "tools/desk"

func drive(emit func(any)) {
	d := desk.New("Ana", "Bo")
	emit(d.Lend("drill", "Ana", 1))
	emit(d.Extend("drill"))
	emit(d.Overdue(32))
	cents, _ := d.Return("drill", 32)
	emit(cents)
	emit(d.Owes("Ana"))
}
