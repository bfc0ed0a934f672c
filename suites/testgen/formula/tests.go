package formula

import (
	"errors"
	"testing"
)

var names = map[string]int{"a": 3, "z": -2, "long": 10, "min": 7}

func TestValues(t *testing.T) {
	for text, want := range map[string]int{
		"0": 0, "907": 907, "a": 3, "z": -2, "long": 10, " 1 + 2 ": 3, "1-2-3": -4, "1-2+3": 2, "2+3*4": 14, "2*3+4": 10,
		"(2+3)*4": 20, "((7))": 7, "12/4/3": 1, "7/2": 3, "-7/2": -4, "7/-2": -4, "-7/-2": 3, "-8/2": -4, "7%3": 1, "-7%3": 2, "7%-3": -2,
		"-7%-3": -1, "6%3": 0, "-6%3": 0, "2*7%4": 2, "7%4*2": 6, "0/5": 0,
		"2^3": 8, "2^3^2": 512, "-2^2": -4, "(-2)^2": 4, "2^0": 1, "0^0": 1, "2*3^2": 18, "-a": -3, "--a": 3, "---a": -3, "2--3": 5, "2*-3": -6, "-2*3": -6,
		"2^-0": 1, "1^5": 1, "3-2^2": -1,
		"abs(-5)": 5, "abs(5)": 5, "abs(0)": 0, "min(3,1,2)": 1, "max(3,1,2)": 3, "min(4)": 4, "max(2)": 2, "max(1,5)": 5, "min(1,5)": 1, "min": 7, "min + 1": 8,
		"min (4, 2)": 2, "max(1+1, a*2)": 6, "abs(min(-9,z))": 9, "- 2 ^ 2": -4, "max(1,(2))": 2, "a^2": 9,
	} {
		if got, err := Eval(text, names); err != nil || got != want {
			t.Errorf("%s is %d, %v, not %d", text, got, err, want)
		}
	}
}

func TestErrors(t *testing.T) {
	for text, want := range map[string]error{
		"": ErrSyntax, " ": ErrSyntax, "1 2": ErrSyntax, "1+": ErrSyntax, "+1": ErrSyntax, "*2": ErrSyntax, "(1": ErrSyntax, "1)": ErrSyntax, "()": ErrSyntax,
		"a b": ErrSyntax, "2a": ErrSyntax, "A": ErrSyntax, "1,2": ErrSyntax, "2**3": ErrSyntax, "min()": ErrSyntax, "abs(1,2)": ErrSyntax, "abs()": ErrSyntax,
		"min(1,)": ErrSyntax, "min(1": ErrSyntax, "max(1 2)": ErrSyntax, "1.5": ErrSyntax, "-": ErrSyntax, "2^": ErrSyntax, "{": ErrSyntax, ":": ErrSyntax, "`": ErrSyntax,
		"b": ErrName, "abs": ErrName, "f(1)": ErrName, "a(1)": ErrName, "f(": ErrName, "1+b": ErrName,
		"1/0": ErrZero, "1%0": ErrZero, "1/(a-3)": ErrZero, "0/0": ErrZero, "1/0+": ErrZero, "1/0)": ErrZero, "max(1/0": ErrZero, "(1/0": ErrZero,
		"2^-1": ErrPower, "0^-1": ErrPower, "2^(1-2)": ErrPower, "2^2^-1": ErrPower, "2^-1*b": ErrPower, "2^b": ErrName,
		"b/0": ErrName, "1/0+b": ErrZero,
	} {
		if got, err := Eval(text, names); !errors.Is(err, want) || got != 0 {
			t.Errorf("%s is %d, %v, not %v", text, got, err, want)
		}
	}
}
