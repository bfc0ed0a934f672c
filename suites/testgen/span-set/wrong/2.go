package spans

import "testing"

func TestTouchingSpansAreTwo(t *testing.T) {
	s := &Set{}
	s.Add(Span{1, 3})
	s.Add(Span{3, 5})
	if len(s.Spans()) != 2 {
		t.Error("they do not overlap")
	}
}
