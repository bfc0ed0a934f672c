// Package formula reckons with formulas of whole numbers.
package formula

import (
	"errors"
	"slices"
)

var (
	// ErrSyntax says that a text is no formula.
	ErrSyntax = errors.New("no formula")
	// ErrName says that a name is unknown.
	ErrName = errors.New("unknown name")
	// ErrZero says that something is divided by zero.
	ErrZero = errors.New("divided by zero")
	// ErrPower says that a power is below zero.
	ErrPower = errors.New("power below zero")
)

// Eval is the value of a formula.
func Eval(text string, names map[string]int) (int, error) {
	r := &reader{text: text, names: names}
	value, err := r.sum()
	if err != nil {
		return 0, err
	}
	if r.peek() != 0 {
		return 0, ErrSyntax
	}
	return value, nil
}

func (r *reader) sum() (int, error) {
	value, err := r.product()
	for err == nil {
		sign := r.take("+-")
		if sign == 0 {
			break
		}
		var next int
		next, err = r.product()
		if sign == '-' {
			next = -next
		}
		value += next
	}
	return value, err
}

func (r *reader) product() (int, error) {
	value, err := r.signed()
	for err == nil {
		sign := r.take("*/%")
		if sign == 0 {
			break
		}
		var next int
		next, err = r.signed()
		if err == nil {
			value, err = apply(value, sign, next)
		}
	}
	return value, err
}

func apply(a int, sign byte, b int) (int, error) {
	if sign == '*' {
		return a * b, nil
	}
	if b == 0 {
		return 0, ErrZero
	}
	quotient := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		quotient--
	}
	if sign == '/' {
		return quotient, nil
	}
	return a - quotient*b, nil
}

func (r *reader) signed() (int, error) {
	if r.take("-") != 0 {
		value, err := r.signed()
		return -value, err
	}
	base, err := r.single()
	if err != nil || r.take("^") == 0 {
		return base, err
	}
	exponent, err := r.signed()
	if err != nil {
		return 0, err
	}
	if exponent < 0 {
		return 0, ErrPower
	}
	value := 1
	for range exponent {
		value *= base
	}
	return value, nil
}

func (r *reader) single() (int, error) {
	if r.take("(") != 0 {
		value, err := r.sum()
		if err == nil && r.take(")") == 0 {
			err = ErrSyntax
		}
		return value, err
	}
	if digits := r.run('0', '9'); digits != "" {
		return number(digits), nil
	}
	name := r.run('a', 'z')
	if name == "" {
		return 0, ErrSyntax
	}
	if r.take("(") != 0 {
		return r.call(name)
	}
	value, known := r.names[name]
	if !known {
		return 0, ErrName
	}
	return value, nil
}

func (r *reader) call(name string) (int, error) {
	if name != "abs" && name != "min" && name != "max" {
		return 0, ErrName
	}
	var values []int
	for {
		value, err := r.sum()
		if err != nil {
			return 0, err
		}
		values = append(values, value)
		if r.take(",") == 0 {
			break
		}
	}
	if r.take(")") == 0 || name == "abs" && len(values) != 1 {
		return 0, ErrSyntax
	}
	switch name {
	case "min":
		return slices.Min(values), nil
	case "max":
		return slices.Max(values), nil
	}
	return max(values[0], -values[0]), nil
}
