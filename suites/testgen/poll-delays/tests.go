package delays

import "testing"

var plan = Plan{First: 100, Factor: 3, Most: 1000, Tries: 5}

func TestValid(t *testing.T) {
	for _, p := range []Plan{plan, {5, 1, 5, 1}, {1, 1, 1, 1}} {
		if err := p.Valid(); err != nil {
			t.Error(p, err)
		}
	}
	for _, p := range []Plan{{0, 1, 5, 1}, {1, 0, 5, 1}, {1, 1, 5, 0}, {5, 1, 4, 1}, {-1, 1, 5, 1}} {
		if p.Valid() == nil {
			t.Error(p)
		}
	}
}

func TestDelay(t *testing.T) {
	for n, want := range map[int]int{-1: 0, 0: 0, 1: 100, 2: 300, 3: 900, 4: 1000, 5: 0, 6: 0} {
		if got, ok := plan.Delay(n); got != want || ok != (want > 0) {
			t.Errorf("%d: %d %v", n, got, ok)
		}
	}
	if got, ok := (Plan{7, 1, 9, 4}).Delay(3); got != 7 || !ok {
		t.Error(got, ok)
	}
}

func TestTotal(t *testing.T) {
	if got := plan.Total(); got != 2300 {
		t.Error(got)
	}
	if got := (Plan{7, 1, 9, 1}).Total(); got != 0 {
		t.Error(got)
	}
}

func TestAfter(t *testing.T) {
	for _, c := range []struct {
		n, hint, want int
		ok            bool
	}{{1, 50, 100, true}, {1, 150, 150, true}, {4, 5000, 5000, true}, {2, -9, 300, true}, {5, 70, 0, false}, {0, 70, 0, false}} {
		if got, ok := plan.After(c.n, c.hint); got != c.want || ok != c.ok {
			t.Errorf("%v: %d %v", c, got, ok)
		}
	}
}

func TestBudget(t *testing.T) {
	for limit, want := range map[int]int{-5: 1, 0: 1, 99: 1, 100: 2, 399: 2, 400: 3, 1299: 3, 1300: 4, 2299: 4, 2300: 5, 99999: 5} {
		if got := plan.Budget(limit); got != want {
			t.Errorf("%d: %d, not %d", limit, got, want)
		}
	}
}
