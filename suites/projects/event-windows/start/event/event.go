// Package event reads events.
package event

import (
	"fmt"
	"strconv"
	"strings"
)

// Event is a value of a key at a time.
type Event struct {
	Time  int64 // seconds
	Key   string
	Value int64
}

// Parse reads `TIME KEY VALUE`.
func Parse(line string) (Event, error) {
	words := strings.Fields(line)
	if len(words) != 3 {
		return Event{}, fmt.Errorf("%d words instead of 3", len(words))
	}
	at, err := strconv.ParseInt(words[0], 10, 64)
	if err != nil {
		return Event{}, fmt.Errorf("no time: %s", words[0])
	}
	value, err := strconv.ParseInt(words[2], 10, 64)
	if err != nil {
		return Event{}, fmt.Errorf("no value: %s", words[2])
	}
	return Event{at, words[1], value}, nil
}
