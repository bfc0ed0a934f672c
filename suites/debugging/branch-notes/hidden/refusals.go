package driver

import "notes/outline"

func drive(emit func(any)) {
	for _, text := range []string{"a\n\tb\nc\n", "a\n b\n", "\n  a\n", "a\n  b\n      c\n", "a\n  b\n\n  \tc\n", "a\n   b\n\tc\n"} {
		root, err := outline.Parse(text)
		emit(root == nil)
		emit(err)
	}
}
