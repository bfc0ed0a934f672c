from fleet.costs import check_load, inspection, insurance, journey, tax
from fleet.vehicle import Vehicle

VEHICLES = [
    Vehicle(kind, year, tonnes, electric)
    for kind in ("bike", "van", "truck", "trailer", "tram")
    for year, tonnes in ((2026, 0.5), (2025, 3.5), (2016, 3.6), (2017, 7.5), (2001, 18.0))
    for electric in (False, True)
]


def tried(function, *args, **options):
    try:
        return function(*args, **options)
    except ValueError as error:
        return str(error)


emit([tried(tax, vehicle) for vehicle in VEHICLES])
emit([tried(tax, vehicle, 2010) for vehicle in VEHICLES])
emit([tried(insurance, vehicle, ages) for vehicle in VEHICLES[::2] for ages in ((), (24, 25, 18))])
emit(tried(insurance, VEHICLES[0], iter([20])))
