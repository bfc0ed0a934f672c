// Package list keeps shopping lists.
package list

import (
	"fmt"
	"strings"
)

// Item is something to be bought.
type Item struct {
	Name   string
	Amount int
	Bought bool
}

// List is a shopping list. Names of items are the same in small and in capital letters.
type List struct {
	Title string
	items []Item
}

// New is an empty list.
func New(title string) *List {
	return &List{Title: title}
}

// Add puts a thing on the list; of what is there and not bought yet it makes more.
func (l *List) Add(name string, amount int) {
	if at := l.find(name); at >= 0 && !l.items[at].Bought {
		l.items[at].Amount += amount
		return
	}
	l.items = append(l.items, Item{Name: name, Amount: amount})
}

// Change says how many of a thing are to be bought; of none there is nothing on the list any more.
// It returns whether the thing was there.
func (l *List) Change(name string, amount int) bool {
	at := l.find(name)
	if at < 0 {
		return false
	}
	if amount == 0 {
		l.items = append(l.items[:at:at], l.items[at+1:]...)
		return true
	}
	l.items[at].Amount = amount
	return true
}

// Tick says that a thing has been bought, and returns whether it was on the list.
func (l *List) Tick(name string) bool {
	for _, item := range l.items {
		if strings.EqualFold(item.Name, name) {
			item.Bought = true
			return true
		}
	}
	return false
}

// TickAll says that everything has been bought.
func (l *List) TickAll() {
	for i := range l.items {
		l.items[i].Bought = true
	}
}

// Open are the things that are still to be bought, as they are read out: "2 milk".
func (l *List) Open() []string {
	var lines []string
	for _, item := range l.items {
		if !item.Bought {
			lines = append(lines, fmt.Sprintf("%d %s", item.Amount, item.Name))
		}
	}
	return lines
}

// Copy is another list with the same things, all of them to be bought. Whatever happens to one list afterwards
// leaves the other as it is.
func (l *List) Copy(title string) *List {
	copied := &List{Title: title, items: l.items[:len(l.items):len(l.items)]}
	for i := range copied.items {
		copied.items[i].Bought = false
	}
	return copied
}

// find is the place of the latest item of a name, or -1.
func (l *List) find(name string) int {
	for i := len(l.items) - 1; i >= 0; i-- {
		if strings.EqualFold(l.items[i].Name, name) {
			return i
		}
	}
	return -1
}
