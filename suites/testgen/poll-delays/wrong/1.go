package delays

import "testing"

func TestDelay(t *testing.T) {
	p := Plan{100, 2, 1000, 5}
	if got, ok := p.Delay(2); got != 200 || !ok {
		t.Error(got, ok)
	}
	if p.Valid() != nil {
		t.Error("valid")
	}
	if p.Total() != 1500 {
		t.Error(p.Total())
	}
}
