"""Mathematics as models write it, read by a grammar of our own and compared exactly.

``reply`` finds the answer in what a model says, ``tokens`` and ``grammar`` make a tree of it, ``values``
makes
exact numbers and expressions of trees, ``kinds`` sets, intervals, tuples, matrices and quantities,
``equality``
compares them. All but the first happens in a child that can be killed (``child``, ``server``): sympy is
imported there and nowhere else, and text is never evaluated as code.
"""
