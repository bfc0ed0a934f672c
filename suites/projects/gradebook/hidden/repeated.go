package driver

import (
	"gradebook/course"
	"gradebook/marks"
)

func drive(emit func(any)) {
	c := course.Course{Tasks: []course.Task{{"a", 10, 1}, {"b", 20, 1}}}
	grade := func(text string) {
		all, _ := marks.Parse(text)
		percent, counts := course.Grade(c, all, "Ada")
		emit([]any{percent, counts})
	}
	grade("Ada;a;4\nAda;b;20")
	grade("Ada;a;8\nAda;b;20\nAda;a;4")
	grade("Ada;a;4\nAda;b;20\nAda;a;8")
	grade("Ada;a;8\nAda;b;20\nAda;a;0")
	grade("Ada;a;8\nAda;b;10\nAda;a;-")
	grade("Ada;a;-\nAda;b;10\nAda;a;0")
	grade("Ada;a;-\nAda;b;-")
	grade("Ada;a;15\nAda;b;10")
	grade("Ada;a;5\nBo;a;9\nAda;c;100")
	grade("Bo;a;9")
}
