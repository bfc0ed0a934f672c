// Package stock reports what lies in a warehouse.
package stock

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Item is a kind of thing.
type Item struct {
	Name  string
	Shelf string
	Count int
	Least int // to be there always
	Cents int // for one
}

// Value lists the value of what lies on each shelf, and of all.
func Value(items []Item) string {
	return table(items, func(item Item) (int, bool) { return item.Count * item.Cents, item.Count > 0 }, money)
}

// Counts lists how many things lie on each shelf, and in all.
func Counts(items []Item) string {
	return table(items, func(item Item) (int, bool) { return item.Count, item.Count > 0 }, strconv.Itoa)
}

// Missing lists how many things are to be bought for each shelf, and in all.
func Missing(items []Item) string {
	return table(items, func(item Item) (int, bool) { return item.Least - item.Count, item.Count > 0 }, strconv.Itoa)
}

// table adds up a figure of the items that have it, by shelf.
func table(items []Item, figure func(Item) (int, bool), show func(int) string) string {
	sums := map[string]int{}
	total := 0
	for _, item := range items {
		if value, counts := figure(item); counts {
			sums[item.Shelf] += value
			total += value
		}
	}
	var out strings.Builder
	for _, shelf := range slices.Sorted(maps.Keys(sums)) {
		fmt.Fprintf(&out, "%-8s%10s\n", shelf, show(sums[shelf]))
	}
	fmt.Fprintf(&out, "%-8s%10s\n", "all", show(total))
	return out.String()
}

func money(cents int) string {
	return fmt.Sprintf("%d.%02d", cents/100, cents%100)
}
