package formula

import "testing"

func TestSums(t *testing.T) {
	for text, want := range map[string]int{"1+2*3": 7, "(1+2)*3": 9, "2^3": 8, "7/2": 3, "max(1,2)": 2, "a": 5} {
		if got, err := Eval(text, map[string]int{"a": 5}); err != nil || got != want {
			t.Errorf("%s is %d, %v", text, got, err)
		}
	}
}
