package driver

import (
	"errors"
	"fetcher/fetch"
	"time"
)

func drive(emit func(any)) {
	get := func(name string) (string, error) {
		switch name[0] {
		case 's':
			time.Sleep(40 * time.Millisecond)
			return "", errors.New("too late")
		case 'q':
			return "", errors.New("at once")
		case 'o':
			time.Sleep(20 * time.Millisecond)
		}
		return name, nil
	}
	for _, names := range [][]string{{"slow", "quick"}, {"a slow one is none", "slow 2", "quick 2"}, {"slow 9", "slow 1"}, {"ok", "slow", "quick"}, {"z", "slow", "quick"}} {
		_, err := fetch.New(3, get).All(names)
		emit(err)
	}
}
