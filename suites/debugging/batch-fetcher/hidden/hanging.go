package driver

import (
	"errors"
	"fetcher/fetch"
	"fmt"
	"time"
)

func drive(emit func(any)) {
	get := func(name string) (string, error) {
		if name[0] == 'x' {
			time.Sleep(20 * time.Millisecond)
			return "", errors.New("broken")
		}
		return name, nil
	}
	_, err := fetch.New(1, get).All([]string{"x", "a", "b", "c"})
	emit(err)
	_, err = fetch.New(1, get).All([]string{"a", "b", "x", "c", "d", "e", "f"})
	emit(err)
	names := []string{}
	for i := range 100 {
		names = append(names, fmt.Sprint("part", i))
	}
	f := fetch.New(2, get)
	_, err = f.All(append([]string{"x"}, names...))
	emit(err)
	parts, err := f.All(names)
	emit([]any{len(parts), err == nil})
}
