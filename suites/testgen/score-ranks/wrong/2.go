package ranks

import "testing"

func TestNoRowsAreNotNil(t *testing.T) {
	if Top(nil, 3) == nil {
		t.Error("nil")
	}
	if Medal(2) != "silver" {
		t.Error(Medal(2))
	}
}
