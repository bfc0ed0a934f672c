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
		return rows[i].Grade > rows[j].Grade
	})
	for i := range rows {
		rows[i].Rank = 1
		if i > 0 && rows[i].Grade == rows[i-1].Grade {
			rows[i].Rank = rows[i-1].Rank
		} else if i > 0 {
			rows[i].Rank = rows[i-1].Rank + 1
		}
	}
	return rows
}
