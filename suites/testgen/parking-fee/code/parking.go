// Package parking reckons what parking costs.
package parking

import (
	"errors"
	"strings"
)

const day = 24 * 60

var (
	// ErrTime says that a stay is none.
	ErrTime = errors.New("no stay")
	// ErrText says that a text is no time.
	ErrText = errors.New("no time")
)

// Tariff says what parking costs.
type Tariff struct {
	Free, Hour, Day int
}

// Fee is the price of a stay.
func Fee(t Tariff, from, to int) (int, error) {
	if from < 0 || to < from {
		return 0, ErrTime
	}
	stay := to - from
	if stay <= t.Free {
		return 0, nil
	}
	hours := (stay%day + 59) / 60
	return stay/day*t.Day + min(t.Day, hours*t.Hour), nil
}

// Discounted takes percent off a price.
func Discounted(cents, percent int) int {
	percent = max(0, min(100, percent))
	return cents - (cents*percent+50)/100
}

// Minutes reads a time.
func Minutes(text string) (int, error) {
	hours, behind, both := strings.Cut(text, "h")
	if !both {
		digits, ends := strings.CutSuffix(text, "m")
		minutes := number(digits)
		if !ends || minutes < 0 {
			return 0, ErrText
		}
		return minutes, nil
	}
	total := 60 * number(hours)
	if total < 0 {
		return 0, ErrText
	}
	if behind == "" {
		return total, nil
	}
	minutes, err := Minutes(behind)
	if err != nil || minutes > 59 || strings.Contains(behind, "h") {
		return 0, ErrText
	}
	return total + minutes, nil
}

// number is the value of one to three digits, or -1.
func number(text string) int {
	if len(text) < 1 || len(text) > 3 {
		return -1
	}
	value := 0
	for _, digit := range text {
		if digit < '0' || digit > '9' {
			return -1
		}
		value = 10*value + int(digit-'0')
	}
	return value
}
