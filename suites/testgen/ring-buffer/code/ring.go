// Package ring keeps the last values of a stream.
package ring

// Buffer holds values.
type Buffer struct {
	values       []int
	first, count int
}

// New makes an empty buffer.
func New(size int) *Buffer {
	return &Buffer{values: make([]int, max(size, 1))}
}

// Push adds a value.
func (b *Buffer) Push(v int) (old int, gone bool) {
	if b.count == len(b.values) {
		old, gone = b.Pop()
	}
	b.values[(b.first+b.count)%len(b.values)] = v
	b.count++
	return old, gone
}

// Pop takes the oldest value.
func (b *Buffer) Pop() (int, bool) {
	if b.count == 0 {
		return 0, false
	}
	v := b.values[b.first]
	b.first = (b.first + 1) % len(b.values)
	b.count--
	return v, true
}

// Len is how many values there are.
func (b *Buffer) Len() int { return b.count }

// At is a value by its place.
func (b *Buffer) At(i int) (int, bool) {
	if i < 0 {
		i += b.count
	}
	if i < 0 || i >= b.count {
		return 0, false
	}
	return b.values[(b.first+i)%len(b.values)], true
}

// Values are all values.
func (b *Buffer) Values() []int {
	values := []int{}
	for i := range b.count {
		v, _ := b.At(i)
		values = append(values, v)
	}
	return values
}

// Resize changes the room.
func (b *Buffer) Resize(size int) int {
	resized := New(size)
	gone := max(0, b.count-len(resized.values))
	for _, v := range b.Values()[gone:] {
		resized.Push(v)
	}
	*b = *resized
	return gone
}

// Max is the largest value.
func (b *Buffer) Max() (int, bool) {
	largest, ok := b.At(0)
	for _, v := range b.Values() {
		largest = max(largest, v)
	}
	return largest, ok
}
