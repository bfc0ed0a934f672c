from quiz import JOKER, results

EVENING = """
# spring
Owls:      7 8 10* 3
The Larks: 10 10 10 3
Foxes : 9 - 9 10
Bears: 1* 2 3 4
Cats: 4 3 2 2
Dogs: 4 - 3 4
  Newts: - - - -
"""
emit(results(EVENING, 4))
emit(results(EVENING, 4, best=2))
emit(results(EVENING, 4, 0))
emit(results(EVENING, rounds=4, best=9))
emit(results("", 3))
emit(results("a:\nb:", 0))
emit(JOKER)
