package driver

import "ratelimit/bucket"

func drive(emit func(any)) {
	b := bucket.New(3, 2, 1000)
	emit([]bool{b.Allow(0, 3), b.Allow(0, 1), b.Allow(499, 1), b.Allow(500, 1), b.Allow(500, 0)})
	emit([]bool{b.Allow(9000, 4), b.Allow(9000, 3)})
}
