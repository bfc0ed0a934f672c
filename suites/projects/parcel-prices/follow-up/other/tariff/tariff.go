// Package tariff reads what a carrier asks for.
package tariff

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
)

// Step is the price of parcels up to a weight.
type Step struct {
	UpTo  int // grams
	Cents int
}

// Tariff is what a carrier asks for.
type Tariff struct {
	Zones    map[string]string // by country
	Steps    map[string][]Step // by zone, the lightest first
	Oversize int               // cents
	Fuel     int               // percent
	Tolls    map[string]int    // cents, by country
}

// Parse reads a tariff: a line each for zones, steps, the oversize charge and fuel.
func Parse(text string) (*Tariff, error) {
	t := &Tariff{Zones: map[string]string{}, Steps: map[string][]Step{}, Tolls: map[string]int{}}
	for number, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, "#")
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		if err := t.read(words); err != nil {
			return nil, fmt.Errorf("line %d: %w", number+1, err)
		}
	}
	for _, steps := range t.Steps {
		sort.Slice(steps, func(i, j int) bool { return steps[i].UpTo < steps[j].UpTo })
	}
	return t, nil
}

func (t *Tariff) read(words []string) error {
	switch {
	case words[0] == "zone" && len(words) > 2:
		for _, country := range words[2:] {
			t.Zones[country] = words[1]
		}
	case words[0] == "step" && len(words) == 4:
		grams, err := strconv.Atoi(words[2])
		if err != nil {
			return fmt.Errorf("no weight: %s", words[2])
		}
		cents, err := strconv.Atoi(words[3])
		if err != nil {
			return fmt.Errorf("no price: %s", words[3])
		}
		t.Steps[words[1]] = append(t.Steps[words[1]], Step{grams, cents})
	case words[0] == "toll" && len(words) > 2:
		cents, err := strconv.Atoi(words[1])
		if err != nil {
			return fmt.Errorf("no price: %s", words[1])
		}
		for _, country := range words[2:] {
			t.Tolls[country] = cents
		}
	case (words[0] == "oversize" || words[0] == "fuel") && len(words) == 2:
		value, err := strconv.Atoi(words[1])
		if err != nil {
			return fmt.Errorf("no number: %s", words[1])
		}
		if words[0] == "fuel" {
			t.Fuel = value
		} else {
			t.Oversize = value
		}
	default:
		return fmt.Errorf("unknown: %s", strings.Join(words, " "))
	}
	return nil
}
