package cart

import "slices"

// Line is an article in a cart.
type Line struct {
	Article      string
	Cents, Count int
}

// Cart holds lines.
type Cart struct{ lines []Line }

// Set sets the line of an article.
func (c *Cart) Set(article string, cents, count int) {
	at := slices.IndexFunc(c.lines, func(line Line) bool { return line.Article == article })
	switch {
	case at < 0 && count > 0:
		c.lines = append(c.lines, Line{article, cents, count})
	case at >= 0 && count > 0:
		c.lines[at] = Line{article, cents, count}
	case at >= 0:
		c.lines = slices.Delete(c.lines, at, at+1)
	}
}

// Lines are copies of the lines.
func (c *Cart) Lines() []Line { return slices.Clone(c.lines) }

// Sum is what the lines cost.
func (c *Cart) Sum() int {
	sum := 0
	for _, line := range c.lines {
		sum += line.Cents * line.Count
	}
	return sum
}
