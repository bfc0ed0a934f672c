package driver

import (
	"gradebook/course"
	"gradebook/marks"
	"gradebook/report"
)

func drive(emit func(any)) {
	c := course.Course{Tasks: []course.Task{{"a", 10, 1}, {"b", 20, 1}}}
	grade := func(text string) {
		all, _ := marks.Parse(text)
		percent, counts := course.Grade(c, all, "Ada")
		emit([]any{percent, counts})
	}
	grade("Ada;a;8\nAda;b;20\nAda;a;4")
	grade("Ada;a;4\nAda;b;20\nAda;a;8\nAda;a;0")
	grade("Ada;a;8\nAda;b;10\nAda;a;-")
	grade("Ada;a;6\nAda;a;-\nAda;b;10\nAda;a;0")
	grade("Ada;a;-\nAda;b;10\nAda;a;2")
	grade("Ada;a;-\nAda;b;-\nAda;a;1\nAda;a;-")
	grade("Ada;a;5\nBo;a;9\nAda;b;0\nAda;b;0")
	grade("Ada;a;30\nAda;a;3\nAda;b;5")
	all, _ := marks.Parse("Bo;a;9\nAda;a;10\nBo;b;20\nAda;b;18\nBo;a;1\nAda;a;2")
	for _, row := range report.Table(c, all) {
		emit([]any{row.Rank, row.Student, row.Grade})
	}
	c.Drop = 1
	grade("Ada;a;9\nAda;a;1\nAda;b;10")
}
