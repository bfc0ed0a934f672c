package cart

import (
	"slices"
	"testing"
)

func filled() *Cart {
	c := &Cart{}
	c.Set("tea", 333, 4)
	c.Set("cup", 500, 1)
	c.Set("tea", 335, 6)
	return c
}

func TestCart(t *testing.T) {
	c := filled()
	if !slices.Equal(c.Lines(), []Line{{"tea", 335, 6}, {"cup", 500, 1}}) || c.Sum() != 2510 {
		t.Error(c.Lines(), c.Sum())
	}
	c.Lines()[0].Count = 99
	c.Set("tea", 1, 0)
	c.Set("jug", 1, -1)
	c.Set("tea", 2, 1)
	if !slices.Equal(c.Lines(), []Line{{"cup", 500, 1}, {"tea", 2, 1}}) {
		t.Error(c.Lines())
	}
}

func TestDiscount(t *testing.T) {
	lines := filled().Lines()
	for _, c := range []struct {
		offers []Offer
		want   int
	}{
		{[]Offer{{"tea", 3, 10}}, 67}, {[]Offer{{"tea", 3, 10}, {"tea", 2, 10}}, 100}, {[]Offer{{"tea", 7, 50}}, 0},
		{[]Offer{{"tea", 0, 50}, {"jug", 1, 50}}, 0}, {[]Offer{{"cup", 1, 150}, {"tea", 1, -5}}, 500},
	} {
		if got := Discount(lines, c.offers); got != c.want {
			t.Errorf("%v: %d, not %d", c.offers, got, c.want)
		}
	}
}

func TestDue(t *testing.T) {
	offers := []Offer{{"cup", 1, 100}}
	for free, want := range map[int]int{2010: 2010, 2011: 2410, 2510: 2410, 2511: 2410} {
		if got := Due(filled(), offers, 400, free); got != want {
			t.Errorf("free from %d: %d", free, got)
		}
	}
	if Due(&Cart{}, nil, 400, 1) != 0 {
		t.Error("an empty cart costs nothing")
	}
}
