package devices

import (
	"fmt"
	"math"
)

// kind is what the devices of a kind are like, by their size.
type kind struct {
	least, most int // sizes
	sizes       string
	sign        func(size int) string
	yearly      func(size int) int
	interval    func(size int) int // days from one check to the next
	problems    []problem
}

type problem struct {
	words string
	is    func(size, age int) bool
}

func kindOf(d Device) kind {
	if of, known := kinds[d.Kind]; known {
		return of
	}
	return kind{sign: func(int) string { return "unknown" }, yearly: always(0), interval: always(1000)}
}

var kinds = map[string]kind{
	"pump": {
		least: 1, most: math.MaxInt, sizes: "a pump needs power",
		sign:     func(size int) string { return fmt.Sprintf("pump of %d kW", size) },
		yearly:   func(size int) int { return size*210 + either(size > 50, 1500, 0) },
		interval: func(size int) int { return either(size > 50, 90, 180) },
		problems: []problem{tooOld(3650)},
	},
	"filter": {
		most:     math.MaxInt,
		sign:     func(size int) string { return fmt.Sprintf("filter with %d layers", size) },
		yearly:   func(size int) int { return 80 + size*35 },
		interval: func(size int) int { return 30 * max(1, 6-size) },
		problems: []problem{{"has no layers", func(size, _ int) bool { return size == 0 }}, tooOld(730)},
	},
	"sensor": {
		most: 1, sizes: "a sensor has size 0 or 1",
		sign:     func(size int) string { return either(size == 1, "sensor with a battery", "sensor on the grid") },
		yearly:   func(size int) int { return either(size == 1, 12, 4) },
		interval: func(size int) int { return either(size == 1, 365, 730) },
		problems: []problem{{"needs a battery", func(size, age int) bool { return size == 1 && age > 1095 }}},
	},
	"valve": {
		most:     math.MaxInt,
		sign:     func(size int) string { return fmt.Sprintf("valve, %d mm", size) },
		yearly:   func(size int) int { return either(size < 100, 10, 25) },
		interval: always(1000),
	},
}

func tooOld(most int) problem {
	return problem{"is too old", func(_, age int) bool { return age > most }}
}

func always(value int) func(int) int {
	return func(int) int { return value }
}

func either[T any](first bool, one, other T) T {
	if first {
		return one
	}
	return other
}
