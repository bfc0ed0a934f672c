package driver

import (
	"fmt"
	"sync"
	"sync/atomic"
	"wordindex/index"
)

func drive(emit func(any)) {
	x := index.New()
	const writers, rounds = 4, 300
	for w := range writers {
		x.Apply(index.Change{ID: fmt.Sprint("home", w), Text: fmt.Sprint("ball", w, " shared")})
	}
	var writing, reading sync.WaitGroup
	var done atomic.Bool
	var torn, backwards, unstable atomic.Int64
	// Each ball is always in exactly one document, and wherever it goes the shared word goes with it.
	for range 4 {
		reading.Add(1)
		go func() {
			defer reading.Done()
			for last := 0; !done.Load(); {
				v := x.View()
				if v.Version() < last {
					backwards.Add(1)
				}
				last = v.Version()
				total := 0
				for w := range writers {
					hits, _ := v.Find(fmt.Sprint("ball", w, " shared"))
					total += len(hits)
				}
				if shared, _ := v.Find("shared"); total != writers || len(shared) != writers || v.Documents() != writers {
					torn.Add(1)
				}
				first, second := fmt.Sprint(v.Words("")), fmt.Sprint(v.Words(""))
				if first != second || v.Version() != last || len(v.Changed(v)) > 0 {
					unstable.Add(1)
				}
			}
		}()
	}
	var counted atomic.Int64
	for w := range writers {
		writing.Add(1)
		go func() {
			defer writing.Done()
			at := fmt.Sprint("home", w)
			for round := range rounds {
				to := fmt.Sprint("place", w, "-", round%7)
				counted.Add(int64(x.Apply(
					index.Change{ID: at, Delete: true},
					index.Change{ID: to, Text: fmt.Sprint("ball", w, " shared round", round)},
				)))
				at = to
			}
		}()
	}
	writing.Wait()
	done.Store(true)
	reading.Wait()
	emit([]int64{torn.Load(), backwards.Load(), unstable.Load()})
	v := x.View()
	emit([]int64{counted.Load(), int64(v.Version()), int64(v.Documents())})
	hits, _ := v.Find("shared")
	emit(hits)
}
