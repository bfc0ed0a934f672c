package bands

import "testing"

func list(t *testing.T) *List {
	t.Helper()
	l, err := New([]Band{{100, 60, "bulk"}, {2, 100, "few"}, {10, 80, "box"}})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestNew(t *testing.T) {
	for _, wrong := range [][]Band{nil, {{0, 1, ""}}, {{1, 1, ""}, {2, 1, ""}, {1, 2, ""}}} {
		if _, err := New(wrong); err != ErrBands {
			t.Error(wrong, err)
		}
	}
	given := []Band{{2, 1, "b"}, {1, 1, "a"}}
	l, _ := New(given)
	given[1].Name = "x"
	if got, _ := l.Find(1); got.Name != "a" || given[0].Name != "b" {
		t.Error(got, given)
	}
}

func TestFindAndCost(t *testing.T) {
	for quantity, want := range map[int]string{1: "", 2: "few", 9: "few", 10: "box", 99: "box", 100: "bulk", 500: "bulk"} {
		if got, ok := list(t).Find(quantity); got.Name != want || ok != (want != "") {
			t.Errorf("%d: %v %v", quantity, got, ok)
		}
	}
	if cost, err := list(t).Cost(10); cost != 800 || err != nil {
		t.Error(cost, err)
	}
	if _, err := list(t).Cost(1); err != ErrQuantity {
		t.Error(err)
	}
}

func TestCheaper(t *testing.T) {
	for quantity, want := range map[int]int{1: 0, 7: 0, 8: 0, 9: 10, 10: 0, 75: 0, 76: 100, 100: 0} {
		if got := list(t).Cheaper(quantity); got != want {
			t.Errorf("%d: %d, not %d", quantity, got, want)
		}
	}
}

func TestGraduated(t *testing.T) {
	for quantity, want := range map[int]int{1: 0, 2: 100, 9: 800, 10: 880, 100: 800 + 90*80 + 60} {
		if got := list(t).Graduated(quantity); got != want {
			t.Errorf("%d: %d, not %d", quantity, got, want)
		}
	}
}
