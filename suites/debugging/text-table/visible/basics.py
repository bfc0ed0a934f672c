from tables import render

emit(render(["who", "owes"], [["Ada", 12.5], ["Bo", 1200]]))
emit(render(["who", "owes"], iter([["Ada", "-12.50"]]), most=1))
