package spans

import (
	"reflect"
	"testing"
)

func of(spans ...Span) *Set {
	s := &Set{}
	for _, span := range spans {
		s.Add(span)
	}
	return s
}

func same(t *testing.T, what string, got []Span, want ...Span) {
	t.Helper()
	if len(got) != len(want) || len(want) > 0 && !reflect.DeepEqual(got, want) {
		t.Errorf("%s: %v, not %v", what, got, want)
	}
}

func TestAdd(t *testing.T) {
	same(t, "empty", of().Spans())
	same(t, "nothing", of(Span{3, 3}, Span{5, 2}).Spans())
	same(t, "nothing beside", of(Span{1, 9}, Span{5, 2}).Spans(), Span{1, 9})
	same(t, "apart", of(Span{5, 7}, Span{1, 3}, Span{9, 10}).Spans(), Span{1, 3}, Span{5, 7}, Span{9, 10})
	same(t, "touching", of(Span{1, 3}, Span{5, 7}, Span{3, 5}).Spans(), Span{1, 7})
	same(t, "touching behind", of(Span{1, 3}, Span{3, 4}).Spans(), Span{1, 4})
	same(t, "touching in front", of(Span{3, 4}, Span{1, 3}).Spans(), Span{1, 4})
	same(t, "nearly", of(Span{1, 3}, Span{4, 5}).Spans(), Span{1, 3}, Span{4, 5})
	same(t, "within", of(Span{1, 9}, Span{3, 4}).Spans(), Span{1, 9})
	same(t, "around", of(Span{3, 4}, Span{6, 7}, Span{1, 9}).Spans(), Span{1, 9})
	same(t, "overlapping", of(Span{1, 5}, Span{8, 9}, Span{3, 7}).Spans(), Span{1, 7}, Span{8, 9})
	same(t, "between", of(Span{1, 2}, Span{8, 9}, Span{4, 5}).Spans(), Span{1, 2}, Span{4, 5}, Span{8, 9})
}

func TestRemove(t *testing.T) {
	for _, c := range []struct {
		removed Span
		want    []Span
	}{
		{Span{4, 4}, []Span{{1, 5}, {7, 9}}}, {Span{4, 3}, []Span{{1, 5}, {7, 9}}}, {Span{2, 4}, []Span{{1, 2}, {4, 5}, {7, 9}}},
		{Span{1, 5}, []Span{{7, 9}}}, {Span{1, 2}, []Span{{2, 5}, {7, 9}}}, {Span{4, 5}, []Span{{1, 4}, {7, 9}}},
		{Span{4, 8}, []Span{{1, 4}, {8, 9}}}, {Span{5, 7}, []Span{{1, 5}, {7, 9}}}, {Span{0, 10}, nil}, {Span{0, 1}, []Span{{1, 5}, {7, 9}}},
		{Span{9, 12}, []Span{{1, 5}, {7, 9}}},
	} {
		s := of(Span{1, 5}, Span{7, 9})
		s.Remove(c.removed)
		same(t, "removed", s.Spans(), c.want...)
	}
}

func TestSpansAreTheCallers(t *testing.T) {
	s := of(Span{1, 3})
	s.Spans()[0] = Span{5, 6}
	same(t, "kept", s.Spans(), Span{1, 3})
}

func TestHasAndSize(t *testing.T) {
	s := of(Span{1, 3}, Span{-5, -2})
	for n, want := range map[int]bool{-6: false, -5: true, -3: true, -2: false, 0: false, 1: true, 2: true, 3: false} {
		if s.Has(n) != want {
			t.Errorf("Has(%d)", n)
		}
	}
	if s.Size() != 5 || of().Size() != 0 {
		t.Errorf("size %d", s.Size())
	}
}

func TestGaps(t *testing.T) {
	s := of(Span{2, 4}, Span{6, 8})
	same(t, "all", s.Gaps(Span{0, 10}), Span{0, 2}, Span{4, 6}, Span{8, 10})
	same(t, "inside", s.Gaps(Span{2, 8}), Span{4, 6})
	same(t, "cut", s.Gaps(Span{3, 5}), Span{4, 5})
	same(t, "in a gap", s.Gaps(Span{4, 5}), Span{4, 5})
	same(t, "in front", s.Gaps(Span{0, 1}), Span{0, 1})
	same(t, "behind", s.Gaps(Span{9, 10}), Span{9, 10})
	same(t, "covered", s.Gaps(Span{6, 8}))
	same(t, "nothing", s.Gaps(Span{5, 5}))
	same(t, "less than nothing", s.Gaps(Span{5, 1}))
	same(t, "from inside", s.Gaps(Span{7, 10}), Span{8, 10})
	same(t, "empty", of().Gaps(Span{1, 2}), Span{1, 2})
}

func TestNext(t *testing.T) {
	s := of(Span{2, 4}, Span{6, 8})
	for _, c := range [][2]int{{0, 2}, {2, 2}, {3, 3}, {4, 6}, {7, 7}} {
		if got, ok := s.Next(c[0]); !ok || got != c[1] {
			t.Errorf("Next(%d) is %d, %v", c[0], got, ok)
		}
	}
	if _, ok := s.Next(8); ok {
		t.Error("nothing is behind the last")
	}
}
