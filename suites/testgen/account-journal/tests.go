package journal

import (
	"errors"
	"slices"
	"testing"
)

func filled(t *testing.T) *Journal {
	t.Helper()
	j := New()
	for name, limit := range map[string]int{"bank": 1000, "cash": 0, "shop": 50} {
		if err := j.Open(name, limit); err != nil {
			t.Fatal(err)
		}
	}
	return j
}

func post(t *testing.T, j *Journal, number int, wrong error, entries ...Entry) {
	t.Helper()
	got, err := j.Post("p", entries...)
	if got != number || !errors.Is(err, wrong) {
		t.Fatalf("%v: %d, %v", entries, got, err)
	}
}

func reverse(t *testing.T, j *Journal, number, want int, wrong error) {
	t.Helper()
	got, err := j.Reverse(number)
	if got != want || !errors.Is(err, wrong) {
		t.Fatalf("%d: %d, %v", number, got, err)
	}
}

func balances(t *testing.T, j *Journal, bank, cash, shop int) {
	t.Helper()
	for name, want := range map[string]int{"bank": bank, "cash": cash, "shop": shop} {
		if got, ok := j.Balance(name); got != want || !ok {
			t.Fatalf("%s: %d, not %d", name, got, want)
		}
	}
}

func TestOpen(t *testing.T) {
	j := filled(t)
	for name, limit := range map[string]int{"": 5, "bank": 5, "new": -1} {
		if err := j.Open(name, limit); !errors.Is(err, ErrAccount) {
			t.Error(name, limit, err)
		}
	}
	if _, ok := j.Balance("new"); ok {
		t.Error("opened")
	}
}

func TestPost(t *testing.T) {
	j := filled(t)
	post(t, j, 1, nil, Entry{"bank", -300}, Entry{"cash", 100}, Entry{"shop", 200})
	balances(t, j, -300, 100, 200)
	post(t, j, 0, ErrEntries, Entry{"bank", -3}, Entry{"cash", 2})
	post(t, j, 0, ErrEntries, Entry{"bank", 3}, Entry{"cash", -2})
	post(t, j, 0, ErrEntries, Entry{"bank", 0}, Entry{"cash", 0})
	post(t, j, 0, ErrEntries, Entry{"bank", 5}, Entry{"cash", -5}, Entry{"shop", 0})
	post(t, j, 0, ErrEntries)
	post(t, j, 0, ErrAccount, Entry{"bank", 5}, Entry{"nobody", -5})
	balances(t, j, -300, 100, 200)
	post(t, j, 2, nil, Entry{"cash", -100}, Entry{"bank", 100})
	balances(t, j, -200, 0, 200)
}

func TestLimits(t *testing.T) {
	j := filled(t)
	post(t, j, 0, ErrLimit, Entry{"cash", -1}, Entry{"bank", 1})
	post(t, j, 0, ErrLimit, Entry{"shop", -30}, Entry{"shop", -21}, Entry{"bank", 51})
	post(t, j, 1, nil, Entry{"shop", -30}, Entry{"shop", -20}, Entry{"bank", 50})
	post(t, j, 2, nil, Entry{"cash", -70}, Entry{"bank", -10}, Entry{"cash", 80})
	balances(t, j, 40, 10, -50)
	post(t, j, 0, ErrLimit, Entry{"bank", 1}, Entry{"shop", -1})
}

func TestReverse(t *testing.T) {
	j := filled(t)
	post(t, j, 1, nil, Entry{"bank", -300}, Entry{"cash", 300})
	post(t, j, 2, nil, Entry{"cash", -200}, Entry{"shop", 200})
	reverse(t, j, 1, 0, ErrLimit)
	balances(t, j, -300, 100, 200)
	reverse(t, j, 2, 3, nil)
	balances(t, j, -300, 300, 0)
	reverse(t, j, 2, 0, ErrPosting)
	reverse(t, j, 3, 0, ErrPosting)
	reverse(t, j, 1, 4, nil)
	balances(t, j, 0, 0, 0)
	for _, number := range []int{0, -1, 5} {
		reverse(t, j, number, 0, ErrPosting)
	}
	if one, four := j.Text(3), j.Text(4); one != "reversal of 2" || four != "reversal of 1" || j.Text(1) != "p" {
		t.Error(one, four)
	}
}

func TestHistory(t *testing.T) {
	j := filled(t)
	entries := []Entry{{"bank", -300}, {"cash", 200}, {"cash", 100}}
	post(t, j, 1, nil, entries...)
	entries[1].Account = "shop"
	post(t, j, 2, nil, Entry{"bank", -5}, Entry{"shop", 5})
	reverse(t, j, 1, 3, nil)
	for name, want := range map[string][]int{"bank": {1, 2, 3}, "cash": {1, 3}, "shop": {2}, "nobody": nil} {
		if got := j.History(name); !slices.Equal(got, want) {
			t.Errorf("%s: %v", name, got)
		}
	}
}
