package fold

import "testing"

func TestWords(t *testing.T) {
	if got := Lines("one two", 4); len(got) != 2 {
		t.Errorf("%q", got)
	}
	if Center("ab", 6) != "  ab" || Shorten("abcd", 3) != "ab…" {
		t.Error("center or shorten")
	}
}
