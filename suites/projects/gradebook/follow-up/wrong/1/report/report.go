// Package report puts a course's students in order.
package report

import (
	"gradebook/course"
	"gradebook/marks"
	"sort"
)

// Row is a student's line in the table.
type Row struct {
	Rank    int
	Student string
	Grade   float64
}

// Missing has, by student, the tasks of the course without any mark of theirs.
func Missing(c course.Course, all []marks.Mark) map[string][]string {
	type place struct{ student, task string }
	marked := map[place]bool{}
	students := map[string]bool{}
	for _, mark := range all {
		marked[place{mark.Student, mark.Task}] = true
		students[mark.Student] = true
	}
	missing := map[string][]string{}
	for student := range students {
		for _, task := range c.Tasks {
			if !marked[place{student, task.Name}] {
				missing[student] = append(missing[student], task.Name)
			}
		}
	}
	return missing
}

// Table has everyone who has a mark and a grade, the best first.
func Table(c course.Course, all []marks.Mark) []Row {
	seen := map[string]bool{}
	var rows []Row
	for _, mark := range all {
		if seen[mark.Student] {
			continue
		}
		seen[mark.Student] = true
		if grade, counts := course.Grade(c, all, mark.Student); counts {
			rows = append(rows, Row{Student: mark.Student, Grade: grade})
		}
	}
	sort.Slice(rows, func(i, j int) bool {
		if rows[i].Grade != rows[j].Grade {
			return rows[i].Grade > rows[j].Grade
		}
		return rows[i].Student < rows[j].Student
	})
	for i := range rows {
		rows[i].Rank = i + 1
		if i > 0 && rows[i].Grade == rows[i-1].Grade {
			rows[i].Rank = rows[i-1].Rank
		}
	}
	return rows
}
