package shelf

import "testing"

func TestPutAndGet(t *testing.T) {
	s := New(4)
	s.Put("a", 2, 1)
	s.Put("b", 2, 2)
	s.Put("c", 2, 3)
	if _, ok := s.Get("a"); ok {
		t.Error("a is gone")
	}
	if value, ok := s.Get("c"); !ok || value != 3 {
		t.Errorf("%v", value)
	}
}
