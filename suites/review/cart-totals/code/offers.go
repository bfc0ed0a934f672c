package cart

// Offer makes every n-th piece cheaper.
type Offer struct {
	Article    string
	Every, Off int
}

// Discount is what offers take off.
func Discount(lines []Line, offers []Offer) int {
	sum := 0
	for i := range lines {
		sum += best(lines, i, offers)
	}
	return sum
}

// best is the offer for a line that takes off most.
func best(lines []Line, i int, offers []Offer) int {
	most := 0
	for _, offer := range offers {
		if offer.Article != lines[i].Article || offer.Every < 1 {
			continue
		}
		percent := min(max(offer.Off, 0), 100)
		// whole groups first, cents last
		off := lines[i].Count / offer.Every * lines[i].Cents * percent / 100
		most = max(most, off)
	}
	return most
}

// Due is what is to be paid.
func Due(c *Cart, offers []Offer, shipping, free int) int {
	if len(c.lines) == 0 {
		return 0
	}
	due := c.Sum() - Discount(c.Lines(), offers)
	if due < free {
		due += shipping
	}
	return due
}
