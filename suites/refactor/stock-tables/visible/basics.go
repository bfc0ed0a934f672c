package driver

import "warehouse/stock"

func drive(emit func(any)) {
	items := []stock.Item{{Name: "saws", Shelf: "A1", Count: 2, Least: 3, Cents: 1999}, {Name: "nuts", Shelf: "B2", Count: 80, Cents: 3}}
	emit(stock.Value(items))
	emit(stock.Missing(items))
}
