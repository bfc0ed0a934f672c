from sheets.formula import read_formula, span, tokens
from sheets.names import cell_name, position


def shown(tree):
    kind, *parts = tree
    if kind == "call":
        return f"{parts[0]}({' '.join(map(shown, parts[1]))})"
    if kind in ("number", "text", "bool"):
        return repr(parts[0])
    if kind in ("error", "cells"):
        return str(parts[0].code if kind == "error" else parts[0])
    return f"[{kind} {' '.join(map(shown, parts))}]"


emit([position("AB12"), position("a1"), cell_name(702, 3), cell_name(27, 10)])
for text in ("=1+2*3-4", "= -a1*$B$2 & \"x\"", "=sum(A1:B2, 3)>=if(TRUE,#REF!)", "=(1=2)<>false", "=COUNT()", "=b3:$A1"):
    emit(shown(read_formula(text)))
for text in ("=", "=1+", "=(1", "=A1 B1", "=SUM(1", "=x", "=1%2", "=A10000"):
    try:
        emit(shown(read_formula(text)))
    except ValueError:
        emit("ValueError")
emit([list(token) for token in tokens("= A1+b2:c3")])
emit([span("B$3:$A1").cells(), span("c2").single])
