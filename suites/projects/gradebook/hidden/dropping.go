package driver

import (
	"gradebook/course"
	"gradebook/marks"
)

func drive(emit func(any)) {
	tasks := []course.Task{{"small", 10, 1}, {"large", 10, 6}, {"middle", 10, 3}}
	grade := func(drop int, tasks []course.Task, text string) {
		all, _ := marks.Parse(text)
		percent, counts := course.Grade(course.Course{Tasks: tasks, Drop: drop}, all, "Ada")
		emit([]any{percent, counts})
	}
	grade(0, tasks, "Ada;small;10\nAda;large;5\nAda;middle;8")
	grade(1, tasks, "Ada;small;10\nAda;large;5\nAda;middle;8")
	grade(2, tasks, "Ada;small;10\nAda;large;5\nAda;middle;8")
	grade(3, tasks, "Ada;small;10\nAda;large;5\nAda;middle;8")
	grade(9, tasks, "Ada;small;7\nAda;large;5\nAda;middle;-")
	grade(1, tasks, "Ada;small;4\nAda;large;4\nAda;middle;8")
	grade(1, tasks, "Ada;small;-\nAda;large;4\nAda;middle;8")
	grade(1, tasks, "Ada;small;9\nAda;middle;8")
	grade(1, tasks, "Ada;small;-\nAda;large;4\nAda;middle;-")
	grade(1, []course.Task{{"x", 8, 2}, {"y", 8, 2}, {"z", 8, 0}}, "Ada;x;4\nAda;y;4\nAda;z;8")
	grade(2, []course.Task{{"x", 8, 2}, {"y", 8, 2}, {"z", 8, 0}}, "Ada;x;4\nAda;y;4\nAda;z;8")
	grade(1, []course.Task{{"x", 10, 1}, {"y", 20, 1}, {"z", 5, 1}}, "Ada;x;12\nAda;y;21\nAda;z;5")
	grade(0, []course.Task{{"x", 16, 1}, {"y", 16, 1}, {"z", 16, 2}}, "Ada;x;1\nAda;y;3\nAda;z;5")
}
