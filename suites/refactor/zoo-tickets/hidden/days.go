package driver

import (
	"fmt"
	"zoo/tickets"
)

func drive(emit func(any)) {
	show := func(v tickets.Visitor, d tickets.Day) string {
		price, words, err := tickets.Price(v, d)
		return fmt.Sprint(price, " ", words, " ", err)
	}
	for _, v := range []tickets.Visitor{{Age: 2}, {Age: 2, Member: true}, {Age: 10}, {Age: 40, Member: true}, {Age: 70, Group: 10}} {
		for _, d := range []tickets.Day{{}, {Weekend: true}, {Evening: true}, {Weekend: true, Evening: true}} {
			emit(show(v, d))
		}
	}
}
