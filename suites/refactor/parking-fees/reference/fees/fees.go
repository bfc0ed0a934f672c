// Package fees says what parking costs.
package fees

import (
	"errors"
	"fmt"
)

const (
	dayMinutes   = 24 * 60
	shortStay    = 15 // minutes
	mostADay     = 2000
	mostResident = 800
)

// hourly is the price of an hour in each zone.
var hourly = map[string]int{"centre": 300, "ring": 200, "edge": 100}

// Stay is a car in a car park; times are minutes since Monday, 0:00.
type Stay struct {
	From, To int
	Resident bool
	Electric bool
	Lost     bool // the ticket
	Disabled bool
	Vouchers int // of an hour each
	Zone     string
}

// Cents is what a stay costs, with the reason.
func Cents(s Stay) (int, string, error) {
	minutes := s.To - s.From
	switch {
	case minutes < 0:
		return 0, "", errors.New("it ends before it begins")
	case s.Lost && s.Resident:
		return 1500, "lost ticket of a resident", nil
	case s.Lost:
		return 3000, "lost ticket", nil
	case s.Disabled:
		return 0, "free", nil
	case minutes <= shortStay:
		return 0, "short stay", nil
	}
	return s.timed(minutes)
}

// timed is the cost of a stay that is paid by the hour.
func (s Stay) timed(minutes int) (int, string, error) {
	hours := (minutes + 59) / 60
	if s.Vouchers >= hours {
		return 0, fmt.Sprintf("%d vouchers", hours), nil
	}
	hours -= max(s.Vouchers, 0)
	price, err := s.price()
	if err != nil {
		return 0, "", err
	}
	cents, reason := s.limited(hours*price, minutes, fmt.Sprintf("%d hours", hours))
	return cents, reason, nil
}

// price is that of an hour.
func (s Stay) price() (int, error) {
	price, known := hourly[s.Zone]
	sunday := s.From/dayMinutes%7 == 6
	switch {
	case !known:
		return 0, fmt.Errorf("no zone %q", s.Zone)
	case sunday:
		price /= 2
	case s.Electric && s.Zone != "centre":
		price = price * 3 / 4
	}
	return price, nil
}

// limited is what is paid at most of an amount.
func (s Stay) limited(cents, minutes int, reason string) (int, string) {
	days := (minutes + dayMinutes - 1) / dayMinutes
	switch {
	case s.Resident && cents > mostResident:
		return mostResident, reason + ", at most for residents"
	case !s.Resident && cents > days*mostADay:
		return days * mostADay, fmt.Sprintf("%d days", days)
	}
	return cents, reason
}
