package spans

import "testing"

func TestAdd(t *testing.T) {
	s := &Set{}
	s.Add(Span{1, 3})
	s.Add(Span{2, 5})
	if got := s.Spans(); len(got) != 1 || got[0] != (Span{1, 5}) || s.Size() != 4 || !s.Has(1) || s.Has(5) {
		t.Errorf("%v", got)
	}
}
