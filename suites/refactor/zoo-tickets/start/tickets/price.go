// Package tickets prices the tickets of a zoo.
package tickets

import "fmt"

// Visitor is somebody who wants to see the zoo.
type Visitor struct {
	Age     int
	Student bool
	Member  bool
	Group   int // how many people the group has; 0 or 1 is nobody else
}

// Day is when.
type Day struct {
	Weekend bool
	Evening bool
}

// Price is what a visitor pays, in cents, with the words that stand on the ticket.
func Price(v Visitor, d Day) (int, string, error) {
	if v.Age >= 0 {
		if v.Age <= 130 {
			price := 0
			words := ""
			if v.Age < 4 {
				price = 0
				words = "small child"
			} else {
				if v.Age < 15 {
					price = 900
					words = "child"
				} else {
					if v.Age >= 65 {
						price = 1200
						words = "senior"
					} else {
						if v.Student && v.Age < 28 {
							price = 1100
							words = "student"
						} else {
							price = 1800
							words = "adult"
						}
					}
				}
			}
			if v.Member {
				if price > 0 {
					price = price / 2
					words = words + ", member"
				}
			} else {
				if v.Group >= 10 {
					if price > 0 {
						price = price * 80 / 100
						words = words + ", group"
					}
				}
			}
			if d.Weekend {
				if price > 0 {
					price = price + 200
				}
			}
			if d.Evening {
				if !d.Weekend || v.Member {
					price = price * 2 / 3
					words = words + ", evening"
				}
			}
			return price, fmt.Sprintf("%s: %d.%02d", words, price/100, price%100), nil
		} else {
			return 0, "", fmt.Errorf("no visitor is %d years old", v.Age)
		}
	} else {
		return 0, "", fmt.Errorf("no visitor is %d years old", v.Age)
	}
}
