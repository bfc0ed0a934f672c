package ring

import (
	"slices"
	"testing"
)

func filled(size int, values ...int) *Buffer {
	b := New(size)
	for _, v := range values {
		b.Push(v)
	}
	return b
}

func expect(t *testing.T, b *Buffer, want ...int) {
	t.Helper()
	if got := b.Values(); !slices.Equal(got, want) || b.Len() != len(want) {
		t.Fatalf("%v (%d), not %v", got, b.Len(), want)
	}
}

func pair(t *testing.T, got int, ok bool, want int, is bool) {
	t.Helper()
	if got != want || ok != is {
		t.Fatalf("%d %v, not %d %v", got, ok, want, is)
	}
}

func TestPush(t *testing.T) {
	b := New(2)
	for _, c := range []struct {
		v, old int
		gone   bool
	}{{5, 0, false}, {6, 0, false}, {7, 5, true}, {8, 6, true}, {9, 7, true}} {
		old, gone := b.Push(c.v)
		pair(t, old, gone, c.old, c.gone)
	}
	expect(t, b, 8, 9)
	expect(t, filled(0, 1, 2), 2)
	expect(t, filled(-3, 1, 2), 2)
	expect(t, filled(3, 1, 2), 1, 2)
}

func TestPop(t *testing.T) {
	b := filled(2, 1, 2, 3)
	v, ok := b.Pop()
	pair(t, v, ok, 2, true)
	expect(t, b, 3)
	b.Push(4)
	expect(t, b, 3, 4)
	b.Pop()
	b.Pop()
	v, ok = b.Pop()
	pair(t, v, ok, 0, false)
	expect(t, b)
}

func TestAt(t *testing.T) {
	b := filled(3, 1, 2, 3, 4)
	for i, want := range map[int]int{0: 2, 1: 3, 2: 4, 3: 0, -1: 4, -2: 3, -3: 2, -4: 0} {
		v, ok := b.At(i)
		pair(t, v, ok, want, want > 0)
	}
	v, ok := filled(3, 7).At(1)
	pair(t, v, ok, 0, false)
	values := b.Values()
	values[0] = 99
	expect(t, b, 2, 3, 4)
}

func TestResize(t *testing.T) {
	b := filled(3, 1, 2, 3, 4)
	if gone := b.Resize(2); gone != 1 {
		t.Error(gone)
	}
	expect(t, b, 3, 4)
	b.Push(5)
	expect(t, b, 4, 5)
	if gone := b.Resize(4); gone != 0 {
		t.Error(gone)
	}
	b.Push(6)
	b.Push(7)
	expect(t, b, 4, 5, 6, 7)
	if gone := b.Resize(0); gone != 3 {
		t.Error(gone)
	}
	expect(t, b, 7)
}

func TestMax(t *testing.T) {
	v, ok := filled(3, 2, 9, 1).Max()
	pair(t, v, ok, 9, true)
	v, ok = filled(3, -2, -9).Max()
	pair(t, v, ok, -2, true)
	v, ok = New(3).Max()
	pair(t, v, ok, 0, false)
}
