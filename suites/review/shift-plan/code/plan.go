package shifts

import "slices"

// Assign gives shifts to people.
func Assign(list []Shift, people []string, most, rest int) (map[string][]Shift, []string) {
	sorted := slices.Clone(list)
	slices.SortStableFunc(sorted, func(a, b Shift) int { return a.From - b.From })
	plan, open := map[string][]Shift{}, []string{}
	for _, shift := range sorted {
		best := ""
		for _, person := range people {
			if !fits(plan[person], shift, most, rest) {
				continue
			}
			if best == "" || Hours(plan[person]) < Hours(plan[best]) {
				best = person
			}
		}
		if best == "" {
			open = append(open, shift.Name)
		} else {
			plan[best] = append(plan[best], shift)
		}
	}
	return plan, open
}

func fits(has []Shift, shift Shift, most, rest int) bool {
	// shifts come in order, so that only the last one is near
	if len(has) > 0 && shift.From-has[len(has)-1].To < rest {
		return false
	}
	return Hours(has)+shift.To-shift.From <= most
}

// Fair is how far people's hours are apart.
func Fair(plan map[string][]Shift, people []string) int {
	if len(people) == 0 {
		return 0
	}
	least, most := Hours(plan[people[0]]), 0
	for _, person := range people {
		hours := Hours(plan[person])
		least, most = min(least, hours), max(most, hours)
	}
	return most - least
}
