package formula

import "testing"

func TestMinusIsStronger(t *testing.T) {
	if got, _ := Eval("-2^2", nil); got != 4 {
		t.Errorf("%d", got)
	}
}
