package shelf

import "testing"

func TestHeavyThingEmptiesTheShelf(t *testing.T) {
	s := New(4)
	s.Put("a", 2, 1)
	s.Put("b", 5, 2)
	if len(s.Names()) != 0 {
		t.Error("everything goes for it")
	}
}
