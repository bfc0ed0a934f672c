package driver

import "ratelimit/bucket"

func drive(emit func(any)) {
	b := bucket.New(5, 2, 1000)
	emit([]int64{b.Wait(0, 5), b.Wait(0, 6), b.Wait(0, 0), b.Wait(0, -1)})
	b.Allow(100, 5)
	emit([]int64{b.Wait(100, 1), b.Wait(100, 2), b.Wait(100, 5), b.Wait(100, 6), b.Wait(100, 0)})
	emit([]int64{b.Wait(350, 1), b.Wait(599, 1), b.Wait(600, 1), b.Wait(9000, 5)})
	emit([]bool{b.Allow(599, 1), b.Allow(600, 1)})
	third := bucket.New(1, 3, 1000)
	third.Allow(0, 1)
	emit([]int64{third.Wait(0, 1), third.Wait(1, 1), third.Wait(333, 1), third.Wait(334, 1)})
	emit([]bool{third.Allow(333, 1), third.Allow(334, 1)})
	never := bucket.New(2, 0, 1000)
	emit([]int64{never.Wait(0, 2), never.Wait(0, 3)})
	never.Allow(5, 1)
	emit([]int64{never.Wait(5, 1), never.Wait(5, 2)})
}
