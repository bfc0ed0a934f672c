package driver

import (
	"fmt"
	"gateway/ring"
)

func drive(emit func(any)) {
	j := ring.New(3)
	r := j.Reader()
	next := func() string {
		text, missed, more := r.Next()
		return fmt.Sprint(text, " ", missed, " ", more)
	}
	for i := range 4 {
		j.Append(fmt.Sprint("m", i))
	}
	emit([]string{next(), next()})
	for i := range 7 {
		j.Append(fmt.Sprint("n", i))
	}
	emit(r.Behind())
	emit([]string{next(), next(), next(), next()})
	for i := range 3 {
		j.Append(fmt.Sprint("o", i))
	}
	emit([]string{next(), next(), next(), next()})
	seed, read, missed := uint32(1), 0, 0
	for i := range 3000 {
		j.Append(fmt.Sprint(i))
		if seed = seed*1664525 + 1013904223; seed>>20%3 > 0 {
			if _, lost, more := r.Next(); more {
				read++
				missed += lost
			}
		}
	}
	emit(read + missed + r.Behind())
	emit(missed > 500)
}
