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


emit([tried(journey, vehicle, 123) for vehicle in VEHICLES])
emit([tried(journey, vehicle, 10.5, load) for vehicle in VEHICLES for load in (0.1, 1.4, 6.0)])
emit([tried(journey, vehicle, 10.5, load=99.0) for vehicle in VEHICLES[::5]])
