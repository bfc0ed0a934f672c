package driver

import "notes/outline"

func drive(emit func(any)) {
	for _, text := range []string{
		"[x] a\n[x] b\n[x] c\n",
		"a\n[x] b\n[x] c\nd\n[x] e\n[x] f\n",
		"a\n  [x] b\n  [x] c\n  d\n    [x] e\n    [x] f\ng\n  [x] h\n",
		"[x] a\nb\n  [x] c\n  d\n",
		"[x] a\n  b\n[x] c\n  d\n",
	} {
		root, _ := outline.Parse(text)
		root.Prune()
		emit([]any{root.String(), root.Count()})
	}
}
