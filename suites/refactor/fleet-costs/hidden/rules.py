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


emit([tried(inspection, vehicle) for vehicle in VEHICLES[::2]])
emit([tried(inspection, vehicle, today=today) for vehicle in VEHICLES[::2] for today in (2019, 2020, 2028)])
emit([tried(check_load, vehicle, load) for vehicle in VEHICLES[::2] for load in (0, 0.16, 1.41, 9.0)])
