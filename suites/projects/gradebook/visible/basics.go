package driver

import (
	"gradebook/course"
	"gradebook/marks"
	"gradebook/report"
)

func drive(emit func(any)) {
	c := course.Course{Tasks: []course.Task{{"essay", 10, 1}, {"exam", 40, 3}}}
	all, err := marks.Parse("Ada; essay; 5\nAda; exam; 40\nBo; exam; 20\nBo; essay; -\nBo; essay; 10")
	emit(err == nil)
	ada, _ := course.Grade(c, all, "Ada")
	bo, _ := course.Grade(c, all, "Bo")
	emit([]float64{ada, bo})
	for _, row := range report.Table(c, all) {
		emit([]any{row.Rank, row.Student, row.Grade})
	}
}
