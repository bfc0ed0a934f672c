"""Mathematics as models write it, read by a grammar of our own and compared exactly.

``reply`` finds the answer in what a model says, ``phrases`` what is written around it; ``tokens``,
``grammar`` and ``atoms`` make a tree of it (``cursor``). ``values`` makes exact numbers and expressions of
trees, ``kinds`` with ``regions`` and ``units`` what else an answer can be; ``equality`` compares. ``jobs``
are done in a child that can be killed (``child``, ``worker``): sympy is imported there and nowhere else, and
no text is ever evaluated as code.
"""
