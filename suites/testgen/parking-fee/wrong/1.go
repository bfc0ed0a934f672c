package parking

import "testing"

func TestFee(t *testing.T) {
	tariff := Tariff{Free: 20, Hour: 150, Day: 1000}
	if got, _ := Fee(tariff, 0, 90); got != 300 {
		t.Errorf("%d", got)
	}
	if got, _ := Minutes("2h05m"); got != 125 {
		t.Errorf("%d", got)
	}
	if Discounted(200, 10) != 180 {
		t.Error("ten percent")
	}
}
