// Package course works out grades.
package course

import (
	"gradebook/marks"
	"math"
	"sort"
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

type result struct {
	share  float64
	weight int
}

// Grade is a student's grade in percent; false if nothing counts.
func Grade(c Course, all []marks.Mark, student string) (float64, bool) {
	results := results(c, all, student)
	sort.SliceStable(results, func(i, j int) bool {
		if results[i].share != results[j].share {
			return results[i].share < results[j].share
		}
		return results[i].weight > results[j].weight
	})
	results = results[max(0, min(c.Drop, len(results)-1)):]
	total, weights := 0.0, 0
	for _, r := range results {
		total += r.share * float64(r.weight)
		weights += r.weight
	}
	if weights == 0 {
		return 0, false
	}
	return math.Floor(total/float64(weights)*1000+0.5) / 10, true
}

// results are the shares of the tasks that count, in the order of the course.
func results(c Course, all []marks.Mark, student string) []result {
	var results []result
	for _, task := range c.Tasks {
		mark := find(all, student, task.Name)
		if mark.Excused {
			continue
		}
		results = append(results, result{min(mark.Points/task.Max, 1), task.Weight})
	}
	return results
}

// find is the mark that counts: an excuse that stands last, else the best one; without any it has no points.
func find(all []marks.Mark, student, task string) marks.Mark {
	var last, best marks.Mark
	for _, mark := range all {
		if mark.Student == student && mark.Task == task {
			last = mark
			if mark.Points > best.Points {
				best = mark
			}
		}
	}
	if last.Excused {
		return last
	}
	return best
}
