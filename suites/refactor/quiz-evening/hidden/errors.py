from quiz import results

for text, rounds in (
    ("Owls 1 2", 2), (": 1 2", 2), ("a: 1\n\na: 1\n", 1), ("a: 1\n\na: 1 x\n", 1), ("a: 1* 2*", 2), ("a: 1* x*", 2),
    ("a: x", 1), ("a: 1.5 2", 3), ("a: -1", 1), ("a: 11", 1), ("a: 11*", 1), ("a: *", 1), ("a: -*", 1), ("a: 1 2", 3),
    ("# a\n\nb: 1 2 3", 2), ("a: 99 x", 9),
):
    try:
        emit(results(text, rounds))
    except ValueError as error:
        emit(str(error))
