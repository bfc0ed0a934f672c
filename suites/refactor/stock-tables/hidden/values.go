package driver

import "warehouse/stock"

func drive(emit func(any)) {
	items := []stock.Item{
		{Name: "bolts", Shelf: "B2", Count: 300, Least: 100, Cents: 5},
		{Name: "nuts", Shelf: "B2", Count: 80, Least: 100, Cents: 3},
		{Name: "saws", Shelf: "A1", Count: 2, Least: 2, Cents: 1999},
		{Name: "drills", Shelf: "A10", Count: 0, Least: 1, Cents: 8950},
		{Name: "gifts", Shelf: "Z", Count: 4, Cents: 0},
		{Name: "debts", Shelf: "Y", Count: -3, Cents: 100},
		{Name: "long", Shelf: "shelf number nine", Count: 1, Least: 1000, Cents: 123456789},
	}
	emit(stock.Value(items[:1]))
	emit(stock.Value(items[:6]))
	emit(stock.Value(items))
	emit(stock.Value(nil))
	emit(stock.Value(items[3:4]))
}
