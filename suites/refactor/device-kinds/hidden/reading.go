package driver

import "waterworks/devices"

func drive(emit func(any)) {
	for _, line := range []string{
		"pump P1 30 100 400", "  filter F 0 1 2 ", "sensor S 1 0 0", "sensor S 2 0 0", "pump P 0 1 1", "valve V 0 0 0", "tank T 1 2 3", "pump P1 30 100",
		"pump P1 x 100 400", "pump P1 30 -1 400", "", "Pump P1 30 100 400", "pump P1 0 x 400", "tank T x 2 3", "valve V 99999 1 1 1",
	} {
		d, err := devices.Read(line)
		if err != nil {
			emit(err)
			continue
		}
		emit(d)
	}
}
