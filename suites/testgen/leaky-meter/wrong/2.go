package meter

import "testing"

func TestFullIsTooMuch(t *testing.T) {
	m, _ := New(5, 1)
	if ok, _ := m.Add(0, 5); ok {
		t.Error("the capacity must not be reached")
	}
}
