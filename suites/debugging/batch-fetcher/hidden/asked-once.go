package driver

import (
	"errors"
	"fetcher/fetch"
	"fmt"
	"sync"
	"time"
)

func drive(emit func(any)) {
	var mu sync.Mutex
	asked := map[string]int{}
	get := func(name string) (string, error) {
		mu.Lock()
		asked[name]++
		first := asked[name] == 1
		mu.Unlock()
		time.Sleep(20 * time.Millisecond)
		if name == "flaky" && first {
			return "", errors.New("try again")
		}
		return "<" + name + ">", nil
	}
	f := fetch.New(4, get)
	parts, _ := f.All([]string{"a", "a", "b", "a", "b", "a"})
	emit(parts)
	emit(fmt.Sprint(asked))
	var reports sync.WaitGroup
	for range 5 {
		reports.Add(1)
		go func() {
			defer reports.Done()
			f.All([]string{"c", "d", "a"})
		}()
	}
	reports.Wait()
	emit(fmt.Sprint(asked))
	_, err := f.All([]string{"flaky"})
	emit(err)
	parts, err = f.All([]string{"flaky", "flaky"})
	emit(parts)
	emit(asked["flaky"])
}
