package driver

import (
	"ratelimit/window"
	"runtime"
)

func drive(emit func(any)) {
	w := window.New(3, 10)
	emit([]bool{w.Allow(0, 2), w.Allow(5, 2), w.Allow(5, 1), w.Allow(9, 1), w.Allow(10, 2), w.Allow(10, 1)})
	emit([]int64{w.Wait(10, 1), w.Wait(14, 1), w.Wait(15, 1), w.Wait(15, 2), w.Wait(15, 3), w.Wait(15, 4)})
	emit([]bool{w.Allow(15, 0), w.Allow(15, -3), w.Allow(15, 1)})
	emit([]int64{w.Wait(15, 0), w.Wait(15, 2), w.Wait(15, 3)})
	none := window.New(0, 10)
	emit([]bool{none.Allow(0, 1), none.Allow(0, 0)})
	emit([]int64{none.Wait(0, 1), none.Wait(0, 0)})
	late := window.New(1, 5)
	emit([]bool{late.Allow(7, 1), late.Allow(1000000007, 1), late.Allow(1000000011, 1), late.Allow(1000000012, 1)})
	many := window.New(4, 1)
	passed := 0
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for now := range int64(300000) {
		for range 6 {
			if many.Allow(now, 1) {
				passed++
			}
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	emit(passed)
	emit(int64(after.HeapAlloc)-int64(before.HeapAlloc) < 1<<20)
	emit(many.Allow(300000, 4))
}
