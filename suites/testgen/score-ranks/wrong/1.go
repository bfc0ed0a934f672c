package ranks

import "testing"

func TestTwo(t *testing.T) {
	rows := Rank(map[string]int{"a": 1, "b": 2})
	if rows[0].Name != "b" || rows[1].Place != 2 {
		t.Error(rows)
	}
	if Medal(1) != "gold" {
		t.Error(Medal(1))
	}
}
