from fleet.costs import inspection, insurance, journey, tax
from fleet.vehicle import Vehicle

van, truck = Vehicle("van", 2020, 2.8), Vehicle("truck", 2018, 12.0, electric=True)
emit([tax(van), tax(truck), insurance(van, [19, 40]), journey(truck, 100, 2.0), inspection(van), inspection(truck)])
