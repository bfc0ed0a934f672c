from expenses import settle


def shown(balances):
    return " ".join(f"{giver}>{receiver}:{cents}" for giver, receiver, cents in settle(balances))


emit(shown({"a": -50, "b": -50, "c": 60, "d": 40}))
emit(shown({"d": -50, "c": -50, "b": 50, "a": 50}))
emit(shown({"a": -70, "b": -30, "c": 55, "d": 45}))
emit(shown({"a": -90, "b": -80, "c": 100, "d": 70}))
emit(shown({"a": -60, "b": -50, "c": -40, "d": 75, "e": 75}))
emit(shown({"a": -1, "b": 3, "c": -1, "d": -1}))
emit(shown({"a": 0, "b": -5, "c": 5, "d": 0}))
emit(shown({"a": -33, "b": -33, "c": -34, "d": 33, "e": 33, "f": 34}))
emit(shown({"a": 10, "b": 20, "c": 30, "d": -60}))
balances = {"a": -5, "b": 5}
settle(balances)
emit(balances)
state = 1
total = 0
for _ in range(200):
    values = []
    for _ in range(6):
        state = (state * 1103515245 + 12345) % 2**31
        values.append((state >> 16) % 201 - 100)
    balances = dict(zip("abcdefg", [*values, -sum(values)]))
    for giver, receiver, cents in settle(balances):
        assert cents > 0 and balances[giver] == min(balances.values()) and balances[receiver] == max(balances.values())
        balances[giver] += cents
        balances[receiver] -= cents
        total += 1
    assert not any(balances.values())
emit(total)
