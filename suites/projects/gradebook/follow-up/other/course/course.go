// Package course works out grades.
package course

import (
	"gradebook/marks"
	"math"
	"slices"
)

// Task is something that students get points for.
type Task struct {
	Name   string
	Max    float64
	Weight int
}

// Course is what a grade is made of.
type Course struct {
	Tasks []Task
	Drop  int // how many of a student's tasks are left out
}

// Grade is a student's grade in percent; false if nothing counts.
func Grade(c Course, all []marks.Mark, student string) (float64, bool) {
	best := map[string]float64{}
	excused := map[string]bool{}
	for _, m := range all {
		if m.Student != student {
			continue
		}
		excused[m.Task] = m.Excused
		best[m.Task] = max(best[m.Task], m.Points)
	}
	var left []Task
	for _, t := range c.Tasks {
		if !excused[t.Name] {
			left = append(left, t)
		}
	}
	share := func(t Task) float64 { return math.Min(1, best[t.Name]/t.Max) }
	for n := 0; n < c.Drop && len(left) > 1; n++ {
		worst := 0
		for i, t := range left {
			s, w := share(t), share(left[worst])
			if s < w || (s == w && t.Weight > left[worst].Weight) {
				worst = i
			}
		}
		left = slices.Delete(left, worst, worst+1)
	}
	points, weights := 0.0, 0
	for _, t := range left {
		points += share(t) * float64(t.Weight)
		weights += t.Weight
	}
	if weights == 0 {
		return 0, false
	}
	return math.Floor(points/float64(weights)*1000+0.5) / 10, true
}
