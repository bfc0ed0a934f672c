package driver

import (
	"errors"
	"tools/desk"
)

func drive(emit func(any)) {
	d := desk.New("Ana")
	d.Lend("drill", "Ana", 0)
	err := d.Extend("drill")
	emit(err == nil)
	emit(d.Overdue(29))
	emit(d.Extend("drill"))
	emit(d.Overdue(42))
	d.Reserve("drill")
	err = d.Extend("drill")
	emit(err)
	var refused *desk.Refusal
	emit(errors.As(err, &refused) && refused.Reason == "it is reserved")
	d.Return("drill", 42)
	d.Lend("drill", "Ana", 50)
	emit(d.Extend("drill"))
}
