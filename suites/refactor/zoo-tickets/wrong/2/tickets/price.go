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
	if v.Age < 0 || v.Age > 130 {
		return 0, "", fmt.Errorf("no visitor is %d years old", v.Age)
	}
	price, words := full(v)
	if price > 0 {
		price, words = reduced(v, price, words)
	}
	if price > 0 && d.Weekend {
		price += 200
	}
	if d.Evening && (!d.Weekend || v.Member) {
		price, words = price*2/3, words+", evening"
	}
	return price, fmt.Sprintf("%s: %d.%02d", words, price/100, price%100), nil
}

// full is the price of a visitor's age.
func full(v Visitor) (int, string) {
	switch {
	case v.Age < 4:
		return 0, "small child"
	case v.Age < 15:
		return 900, "child"
	case v.Age >= 65:
		return 1200, "senior"
	case v.Student && v.Age < 28:
		return 1100, "student"
	}
	return 1800, "adult"
}

// reduced is a price with the one reduction that a visitor gets.
func reduced(v Visitor, price int, words string) (int, string) {
	if v.Member {
		return price / 2, words + ", member"
	} else {
		if v.Group >= 10 {
			if price > 0 {
				return price * 80 / 100, words + ", group"
			}
		}
	}
	return price, words
}
