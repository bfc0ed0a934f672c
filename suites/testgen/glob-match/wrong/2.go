package glob

import "testing"

func TestStarGoesOn(t *testing.T) {
	if ok, _ := Match("a*b", "a/b"); !ok {
		t.Error("a star must fit everything")
	}
}
