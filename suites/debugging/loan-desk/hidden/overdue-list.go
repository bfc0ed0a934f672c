package driver

import (
	"fmt"
	"slices"
	"tools/desk"
)

func drive(emit func(any)) {
	d := desk.New("Ana", "Bo", "Cy")
	for i, item := range []string{"saw", "drill", "ladder", "Axe", "pump", "bike rack", "bench", "drill 2", "tent", "hose"} {
		d.Lend(item, []string{"Ana", "Bo", "Cy"}[i%3], i)
	}
	first := d.Overdue(22)
	emit(first)
	same := 0
	for range 50 {
		if slices.Equal(d.Overdue(22), first) {
			same++
		}
	}
	emit(same)
	emit(fmt.Sprint(d.Overdue(15), d.Overdue(14)))
}
