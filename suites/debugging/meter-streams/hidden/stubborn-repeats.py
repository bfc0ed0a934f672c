from meters.readings import Reading
from meters.streams import distinct


def counts(numbers, window):
    return [r.count for r in distinct((Reading(0, "a", n) for n in numbers), window)]


emit(counts([7] * 40, 8))
emit(counts([7] * 5 + [8], 2))
emit(counts([1, 2] * 20, 3))
emit(counts([1, 1, 2, 3, 1, 4, 5, 6, 1], 3))
emit(counts([1] * 3, 1))
seed, wrong = 3, 0
for window in (1, 2, 5, 9):
    numbers = []
    for _ in range(300):
        seed = (seed * 1103515245 + 12345) % 2**31
        numbers.append(seed // 65536 % 6)
    right = [n for at, n in enumerate(numbers) if n not in numbers[max(0, at - window) : at]]
    wrong += counts(numbers, window) != right
emit(wrong)
