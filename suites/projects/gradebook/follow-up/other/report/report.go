// Package report puts a course's students in order.
package report

import (
	"cmp"
	"gradebook/course"
	"gradebook/marks"
	"slices"
)

// Row is a student's line in the table.
type Row struct {
	Rank    int
	Student string
	Grade   float64
}

func students(all []marks.Mark) []string {
	var names []string
	for _, m := range all {
		names = append(names, m.Student)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Table has everyone who has a mark and a grade, the best first.
func Table(c course.Course, all []marks.Mark) []Row {
	var rows []Row
	for _, name := range students(all) {
		if grade, ok := course.Grade(c, all, name); ok {
			rows = append(rows, Row{0, name, grade})
		}
	}
	slices.SortStableFunc(rows, func(a, b Row) int { return cmp.Compare(b.Grade, a.Grade) })
	for i := range rows {
		better := 0
		for _, other := range rows {
			if other.Grade > rows[i].Grade {
				better++
			}
		}
		rows[i].Rank = better + 1
	}
	return rows
}

// Missing has the gaps of all students.
func Missing(c course.Course, all []marks.Mark) map[string][]string {
	gaps := map[string][]string{}
	for _, name := range students(all) {
		for _, t := range c.Tasks {
			has := slices.ContainsFunc(all, func(m marks.Mark) bool { return m.Student == name && m.Task == t.Name })
			if !has {
				gaps[name] = append(gaps[name], t.Name)
			}
		}
	}
	return gaps
}
