from tables import render
from tables.columns import columns

emit([columns(["n"], [[cell]])[0].right for cell in ("-1", "+3%", "-1,200.50", "-12.50", "-1200", "--1", "-", "1-", "- 1", "-x")])
emit(render(["who", "balance"], [["Ada", -12.5], ["Bo", 1200.0], ["Cy", 0]], most=3))
emit(render(["change"], [["-3%"], ["+12%"]], most=3))
emit(render(["n"], [[-5], ["none"]], most=3))
