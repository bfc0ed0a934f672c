package driver

import (
	"broker/queue"
	"fmt"
	"sync"
	"sync/atomic"
)

func drive(emit func(any)) {
	b := queue.New(queue.Options{Lease: 1 << 40, Tries: 1 << 30})
	b.Subscribe("s", "#")
	const producers, each = 8, 500
	var group sync.WaitGroup
	var clock atomic.Int64
	for p := range producers {
		group.Add(1)
		go func() {
			defer group.Done()
			for i := range each {
				b.Publish(clock.Add(1), "x", fmt.Sprint("k", p), fmt.Sprint(i))
			}
		}()
	}
	var mu sync.Mutex
	next := map[string]int{}
	disorder, twice := 0, 0
	seen := map[int64]bool{}
	var done atomic.Int64
	for c := range 8 {
		group.Add(1)
		go func() {
			defer group.Done()
			for round := 0; done.Load() < producers*each; round++ {
				all, _ := b.Receive(clock.Add(1), "s", 3)
				for i, d := range all {
					if (round+i+c)%7 == 0 {
						b.Nack(clock.Add(1), d.Receipt, 0)
						continue
					}
					mu.Lock()
					if d.Body != fmt.Sprint(next[d.Key]) {
						disorder++
					}
					next[d.Key]++
					if seen[d.Number] {
						twice++
					}
					seen[d.Number] = true
					mu.Unlock()
					if b.Ack(clock.Add(1), d.Receipt) {
						done.Add(1)
					}
				}
			}
		}()
	}
	group.Wait()
	emit([]int{len(seen), disorder, twice, b.Held(clock.Add(1), "s"), len(b.Dead(clock.Add(1), "s"))})
}
