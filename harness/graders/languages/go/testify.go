// Package assert stands in for github.com/stretchr/testify/assert, which imported tests use: the
// same names and meanings for the few functions that such tests call.
package assert

import (
	"bytes"
	"fmt"
	"math"
	"reflect"
)

// TestingT is what reports a failure.
type TestingT interface {
	Errorf(format string, args ...any)
}

// Assertions are the functions of this package, bound to a test.
type Assertions struct {
	t TestingT
}

// New binds the functions to a test.
func New(t TestingT) *Assertions {
	return &Assertions{t}
}

func check(t TestingT, holds bool, format string, args ...any) bool {
	if !holds {
		t.Errorf(format, args...)
	}
	return holds
}

func same(a, b any) bool {
	x, ok := a.([]byte)
	y, okay := b.([]byte)
	if ok && okay && x != nil && y != nil {
		return bytes.Equal(x, y)
	}
	return reflect.DeepEqual(a, b)
}

func absent(value any) bool {
	if value == nil {
		return true
	}
	switch v := reflect.ValueOf(value); v.Kind() {
	case reflect.Chan, reflect.Func, reflect.Interface, reflect.Map, reflect.Pointer, reflect.Slice:
		return v.IsNil()
	}
	return false
}

func number(value any) float64 {
	switch v := reflect.ValueOf(value); {
	case v.CanInt():
		return float64(v.Int())
	case v.CanUint():
		return float64(v.Uint())
	case v.CanFloat():
		return v.Float()
	}
	return math.NaN()
}

func Equal(t TestingT, expected, actual any, _ ...any) bool {
	return check(t, same(expected, actual), "expected %#v, got %#v", expected, actual)
}

func NotEqual(t TestingT, expected, actual any, _ ...any) bool {
	return check(t, !same(expected, actual), "got %#v, which should differ", actual)
}

func True(t TestingT, value bool, _ ...any) bool  { return check(t, value, "should be true") }
func False(t TestingT, value bool, _ ...any) bool { return check(t, !value, "should be false") }

func Nil(t TestingT, value any, _ ...any) bool {
	return check(t, absent(value), "expected nil, got %#v", value)
}

func NotNil(t TestingT, value any, _ ...any) bool {
	return check(t, !absent(value), "should not be nil")
}

func Error(t TestingT, err error, _ ...any) bool {
	return check(t, err != nil, "an error was expected")
}
func NoError(t TestingT, err error, _ ...any) bool {
	return check(t, err == nil, "unexpected error: %v", err)
}

func Len(t TestingT, value any, length int, _ ...any) bool {
	actual := reflect.ValueOf(value).Len()
	return check(t, actual == length, "expected length %d, got %d", length, actual)
}

func InDelta(t TestingT, expected, actual any, delta float64, _ ...any) bool {
	distance := math.Abs(number(expected) - number(actual))
	return check(t, distance <= delta, "expected %v, got %v", expected, actual)
}

func ElementsMatch(t TestingT, expected, actual any, _ ...any) bool {
	x, y := reflect.ValueOf(expected), reflect.ValueOf(actual)
	left := map[int]bool{}
	for i := range y.Len() {
		left[i] = true
	}
	matched := x.Len() == y.Len()
	for i := 0; matched && i < x.Len(); i++ {
		matched = false
		for j := range left {
			if same(x.Index(i).Interface(), y.Index(j).Interface()) {
				delete(left, j)
				matched = true
				break
			}
		}
	}
	return check(t, matched, "expected the elements of %s, got %s", fmt.Sprint(expected), fmt.Sprint(actual))
}

func (a *Assertions) Equal(expected, actual any, _ ...any) bool { return Equal(a.t, expected, actual) }
func (a *Assertions) NotEqual(expected, actual any, _ ...any) bool {
	return NotEqual(a.t, expected, actual)
}
func (a *Assertions) True(value bool, _ ...any) bool      { return True(a.t, value) }
func (a *Assertions) False(value bool, _ ...any) bool     { return False(a.t, value) }
func (a *Assertions) Nil(value any, _ ...any) bool        { return Nil(a.t, value) }
func (a *Assertions) NotNil(value any, _ ...any) bool     { return NotNil(a.t, value) }
func (a *Assertions) Error(err error, _ ...any) bool      { return Error(a.t, err) }
func (a *Assertions) NoError(err error, _ ...any) bool    { return NoError(a.t, err) }
func (a *Assertions) Len(value any, n int, _ ...any) bool { return Len(a.t, value, n) }
func (a *Assertions) InDelta(expected, actual any, delta float64, _ ...any) bool {
	return InDelta(a.t, expected, actual, delta)
}
func (a *Assertions) ElementsMatch(expected, actual any, _ ...any) bool {
	return ElementsMatch(a.t, expected, actual)
}
