package driver

import (
	"errors"
	"fetcher/fetch"
	"time"
)

func drive(emit func(any)) {
	f := fetch.New(2, func(name string) (string, error) {
		if name == "slow" {
			time.Sleep(40 * time.Millisecond)
		}
		if name == "part" {
			return "content", nil
		}
		return "", errors.New("no answer")
	})
	parts, err := f.All([]string{"part", "part"})
	emit(parts)
	emit(err)
	_, err = f.All([]string{"slow", "quick"})
	emit(err)
}
