// Package fees says what parking costs.
package fees

import (
	"errors"
	"fmt"
)

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
	if s.To >= s.From {
		if s.Lost {
			if s.Resident {
				return 1500, "lost ticket of a resident", nil
			} else {
				return 3000, "lost ticket", nil
			}
		} else {
			if s.Disabled {
				return 0, "free", nil
			} else {
				minutes := s.To - s.From
				if minutes <= 15 {
					return 0, "short stay", nil
				} else {
					hours := (minutes + 59) / 60
					if s.Vouchers > 0 {
						if s.Vouchers >= hours {
							return 0, fmt.Sprintf("%d vouchers", hours), nil
						} else {
							hours = hours - s.Vouchers
						}
					}
					price := 0
					if s.Zone == "centre" {
						price = 300
					} else {
						if s.Zone == "ring" {
							price = 200
						} else {
							if s.Zone == "edge" {
								price = 100
							} else {
								return 0, "", fmt.Errorf("no zone %q", s.Zone)
							}
						}
					}
					day := s.From / (24 * 60) % 7
					if day == 6 {
						price = price / 2
					} else {
						if s.Electric {
							if s.Zone != "centre" {
								price = price * 3 / 4
							}
						}
					}
					cents := hours * price
					if s.Resident {
						if cents > 800 {
							return 800, fmt.Sprintf("%d hours, at most for residents", hours), nil
						} else {
							return cents, fmt.Sprintf("%d hours", hours), nil
						}
					} else {
						if cents > 2000 {
							days := (minutes + 24*60 - 1) / (24 * 60)
							if cents > days*2000 {
								return days * 2000, fmt.Sprintf("%d days", days), nil
							} else {
								return cents, fmt.Sprintf("%d hours", hours), nil
							}
						} else {
							return cents, fmt.Sprintf("%d hours", hours), nil
						}
					}
				}
			}
		}
	} else {
		return 0, "", errors.New("it ends before it begins")
	}
}
