package parallel

import (
	"errors"
	"slices"
	"testing"
	"time"
)

func TestOrderAndWaiting(t *testing.T) {
	got, err := Map(3, []int{5, 1, 4, 2}, func(n int) (int, error) {
		time.Sleep(time.Duration(n) * time.Millisecond)
		return n * n, nil
	})
	if err != nil || !slices.Equal(got, []int{25, 1, 16, 4}) {
		t.Errorf("%v, %v", got, err)
	}
}

func TestFirstError(t *testing.T) {
	one, two := errors.New("one"), errors.New("two")
	_, err := Map(2, []error{nil, two, one}, func(e error) (int, error) {
		time.Sleep(time.Millisecond)
		return 0, e
	})
	if err != two {
		t.Error(err)
	}
	if got, err := Map(2, []int{}, func(n int) (int, error) { return n, nil }); len(got) > 0 || err != nil {
		t.Error(got, err)
	}
}

func TestCopy(t *testing.T) {
	var c Counter
	c.Add("a", 2)
	all := c.All()
	all["a"] = 9
	c.Add("a", 1)
	if c.Get("a") != 3 || all["a"] != 9 {
		t.Error(c.Get("a"), all)
	}
}

func TestOnce(t *testing.T) {
	calls := 0
	f := Once(func() int { calls++; return calls })
	if f() != 1 || f() != 1 {
		t.Error(calls)
	}
}
