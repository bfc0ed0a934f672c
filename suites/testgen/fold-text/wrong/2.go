package fold

import "testing"

func TestLongWordsAreKeptWhole(t *testing.T) {
	if got := Lines("abcdef", 3); len(got) != 1 {
		t.Errorf("%q", got)
	}
}
