import csv
import io

from tables import render

FILE = "Ada,open,3\nBartholomew,paid,12\n"
emit(render(["who", "state", "days"], csv.reader(io.StringIO(FILE))))
emit(render(["a"], ([n] for n in range(3))))
emit(render(["a", "b"], (iter(pair) for pair in [("x", 1), ("longer", 22)])))
emit(render(["a"], [["x"], ["yy"]]))
emit(render(["a"], {"k": 1}.items()))
emit(render(["a", "b"], zip("pq", (1.0, 20.25))))
emit(render(["a"], iter([])))
