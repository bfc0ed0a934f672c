// Package stock reports what lies in a warehouse.
package stock

import (
	"fmt"
	"sort"
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
	sums := map[string]int{}
	total := 0
	for _, item := range items {
		if item.Count <= 0 {
			continue
		}
		sums[item.Shelf] += item.Count * item.Cents
		total += item.Count * item.Cents
	}
	shelves := []string{}
	for shelf := range sums {
		shelves = append(shelves, shelf)
	}
	sort.Strings(shelves)
	lines := []string{}
	for _, shelf := range shelves {
		lines = append(lines, fmt.Sprintf("%-8s%10s", shelf, fmt.Sprintf("%d.%02d", sums[shelf]/100, sums[shelf]%100)))
	}
	lines = append(lines, fmt.Sprintf("%-8s%10s", "all", fmt.Sprintf("%d.%02d", total/100, total%100)))
	return strings.Join(lines, "\n") + "\n"
}

// Counts lists how many things lie on each shelf, and in all.
func Counts(items []Item) string {
	sums := map[string]int{}
	total := 0
	for _, item := range items {
		if item.Count <= 0 {
			continue
		}
		sums[item.Shelf] += item.Count
		total += item.Count
	}
	shelves := []string{}
	for shelf := range sums {
		shelves = append(shelves, shelf)
	}
	sort.Strings(shelves)
	lines := []string{}
	for _, shelf := range shelves {
		lines = append(lines, fmt.Sprintf("%-8s%10s", shelf, fmt.Sprintf("%d", sums[shelf])))
	}
	lines = append(lines, fmt.Sprintf("%-8s%10s", "all", fmt.Sprintf("%d", total)))
	return strings.Join(lines, "\n") + "\n"
}

// Missing lists how many things are to be bought for each shelf, and in all.
func Missing(items []Item) string {
	sums := map[string]int{}
	total := 0
	for _, item := range items {
		if item.Count >= item.Least {
			continue
		}
		sums[item.Shelf] += item.Least - item.Count
		total += item.Least - item.Count
	}
	shelves := []string{}
	for shelf := range sums {
		shelves = append(shelves, shelf)
	}
	sort.Strings(shelves)
	lines := []string{}
	for _, shelf := range shelves {
		lines = append(lines, fmt.Sprintf("%-8s%10s", shelf, fmt.Sprintf("%d", sums[shelf])))
	}
	lines = append(lines, fmt.Sprintf("%-8s%10s", "all", fmt.Sprintf("%d", total)))
	return strings.Join(lines, "\n") + "\n"
}
