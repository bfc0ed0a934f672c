package parking

import "testing"

func TestFreeMinutesAreNotCharged(t *testing.T) {
	if got, _ := Fee(Tariff{Free: 20, Hour: 150, Day: 1000}, 0, 75); got != 150 {
		t.Errorf("%d", got)
	}
}
