# ruff: noqa: E501 (a template reads best in one line)
"""The functions that ``functions`` composes: three lines each, signature, docstring, body.

Docstrings are templates of ``grammar``; words in braces are drawn by ``functions``.
"""

from __future__ import annotations

NUMBER_SUMMARIES = r"""
sum_{word}({v}: list[int]) -> int
    <start> the sum of the {phrase} (numbers|values|elements) in {v}.
    return sum(x for x in {v} if {test})
count_{word}({v}: list[int]) -> int
    <start> (how many|the number of) {v} (that |which |)are {phrase}.
    return sum(1 for x in {v} if {test})
count_{word}({v}: list[int]) -> int
    (Count|Return how many of|Return the count of) the {phrase} (numbers|values) in {v}.
    return sum(1 for x in {v} if {test})
sum_{way}({v}: list[int]) -> int
    <start> the sum of the {maps} of {v}.
    return sum({new} for x in {v})
sum_{word}_{way}({v}: list[int]) -> int
    <start> the sum of the {maps} of the {phrase} numbers in {v}.
    return sum({new} for x in {v} if {test})
largest({v}: list[int]) -> {returns}
    <start> the {most} of {v}, or {fallback} (for <empty>|if {v} is empty|if there is none).
    return max({v}) if {v} else {fallback}
smallest({v}: list[int]) -> {returns}
    <start> the {least} of {v}, or {fallback} (for <empty>|if {v} is empty|if there is none).
    return min({v}) if {v} else {fallback}
largest_{word}({v}: list[int]) -> {returns}
    <start> the largest {phrase} number in {v}, or {fallback} if there is none.
    return max((x for x in {v} if {test}), default={fallback})
first_{word}({v}: list[int]) -> {returns}
    <start> the first {phrase} number in {v}, or {fallback} if there is none.
    for x in {v}:\n    if {test}:\n        return x\nreturn {fallback}
spread({v}: list[int]) -> int
    <start> the difference between the largest and the smallest of {v} (0 if empty|, 0 for <empty>).
    return max({v}) - min({v}) if {v} else 0
product({v}: list[int]) -> int
    <start> the product of (all |the |){v}(, 1 for <empty>|).
    result = 1\nfor x in {v}:\n    result *= x\nreturn result
mean({v}: list[int]) -> float
    <start> the (mean|average) of {v}, or 0.0 (for <empty>|if it is empty).
    return sum({v}) / len({v}) if {v} else 0.0
different({v}: list[int]) -> int
    <start> (how many|the number of) (different|distinct|unique) (numbers|values) (there are in|in|occur in) {v}.
    return len(set({v}))
second({v}: list[int]) -> int
    <start> the second (largest|highest) of the distinct {v}.
    return sorted(set({v}))[-2]
middle({v}: list[int]) -> int
    <start> the middle element of the sorted {v}.
    return sorted({v})[len({v}) // 2]
position({v}: list[int]) -> int
    <start> the (index|position) of the {extreme} number in {v}.
    return {v}.index({max_min}({v}))
last({v}: list[int]) -> int
    <start> the last element of {v}, or {fallback} if it is empty.
    return {v}[-1] if {v} else {fallback}
alternating({v}: list[int]) -> int
    <start> the sum of every second (number|element) of {v}, starting with the first.
    return sum({v}[::2])
ends({v}: list[int]) -> int
    <start> the sum of the first and the last of {v}.
    return {v}[0] + {v}[-1]
"""

NUMBER_LISTS = r"""
only_{word}({v}: list[int]) -> list[int]
    <start> (the|only the|a list of the) {phrase} (numbers|values|elements) of {v}{order}.
    return [x for x in {v} if {test}]
without_{word}({v}: list[int]) -> list[int]
    <start> {v} without the {phrase} (numbers|values){order}.
    return [x for x in {v} if not ({test})]
{way}({v}: list[int]) -> list[int]
    <start> (the|a list of the) {maps} of {v}{order}.
    return [{new} for x in {v}]
{word}_{way}({v}: list[int]) -> list[int]
    <start> the {maps} of the {phrase} numbers in {v}{order}.
    return [{new} for x in {v} if {test}]
ascending({v}: list[int]) -> list[int]
    <start> {v} (sorted|in ascending order|from small to large|sorted in ascending order).
    return sorted({v})
descending({v}: list[int]) -> list[int]
    <start> {v} (in descending order|from large to small|sorted from high to low).
    return sorted({v}, reverse=True)
backwards({v}: list[int]) -> list[int]
    <start> {v} (in reverse order|reversed|backwards|from back to front).
    return {v}[::-1]
unique({v}: list[int]) -> list[int]
    <start> {v} without (duplicates|repeated values){order}.
    return list(dict.fromkeys({v}))
unique_sorted({v}: list[int]) -> list[int]
    <start> the (distinct|different|unique) {v}, sorted.
    return sorted(set({v}))
running({v}: list[int]) -> list[int]
    <start> the running (totals|sums) of {v}.
    result = []\ntotal = 0\nfor x in {v}:\n    total += x\n    result.append(total)\nreturn result
gaps({v}: list[int]) -> list[int]
    <start> the differences between (neighbours|consecutive elements|neighbouring elements) of {v}.
    return [b - a for a, b in zip({v}, {v}[1:])]
head({v}: list[int], {k}: int) -> list[int]
    <start> the first {k} elements of {v}.
    return {v}[:{k}]
tail({v}: list[int], {k}: int) -> list[int]
    <start> {v} without the first {k} elements.
    return {v}[{k}:]
top({v}: list[int], {k}: int) -> list[int]
    <start> the {k} largest (numbers|values) of {v}, (largest|highest) first.
    return sorted({v}, reverse=True)[:{k}]
above({v}: list[int], {k}: int) -> list[int]
    <start> the elements of {v} (greater than|above|larger than) {k}{order}.
    return [x for x in {v} if x > {k}]
below({v}: list[int], {k}: int) -> list[int]
    <start> the elements of {v} (less than|below|smaller than) {k}{order}.
    return [x for x in {v} if x < {k}]
scaled({v}: list[int], {k}: int) -> list[int]
    <start> {v}, each (multiplied by|times) {k}.
    return [x * {k} for x in {v}]
shifted({v}: list[int], {k}: int) -> list[int]
    <start> {v} with {k} added to each( element|).
    return [x + {k} for x in {v}]
rotated({v}: list[int], {k}: int) -> list[int]
    <start> {v} rotated by {k} places to the left.
    return {v}[{k}:] + {v}[:{k}]
every({v}: list[int]) -> list[int]
    <start> every second element of {v}, starting with the first.
    return {v}[::2]
"""

TESTS_OF_LISTS = r"""
all_{word}({v}: list[int]) -> bool
    <test> (all|every number of) {v} (are|is) {phrase}.
    return all({test} for x in {v})
any_{word}({v}: list[int]) -> bool
    <test> (any|at least one|some) (number|value) (of|in) {v} is {phrase}.
    return any({test} for x in {v})
no_{word}({v}: list[int]) -> bool
    <test> (none|not one) of the {v} is {phrase}.
    return not any({test} for x in {v})
sorted({v}: list[int]) -> bool
    <test> {v} (are|is) (sorted|in ascending order|in increasing order).
    return {v} == sorted({v})
duplicates({v}: list[int]) -> bool
    <test> {v} (contains|has|contain) (duplicates|a number twice|repeated values).
    return len(set({v})) < len({v})
distinct({v}: list[int]) -> bool
    <test> all {v} are (different|distinct|unique).
    return len(set({v})) == len({v})
same({v}: list[int]) -> bool
    <test> all {v} are (equal|the same).
    return len(set({v})) <= 1
symmetric({v}: list[int]) -> bool
    <test> {v} reads the same (forwards and backwards|from both ends).
    return {v} == {v}[::-1]
"""

STRING_FUNCTIONS = r"""
count_{word}({s}: str) -> int
    <start> (how many|the number of) {phrase} (there are in|in|occur in|{s} contains) {s}.
    return sum(1 for x in {s} if {test})
count_{word}({s}: str) -> int
    (Count|Return how many) {phrase} (occur in|are in|in) {s}(, ignoring case|).
    return sum(1 for x in {s} if {test})
drop_{word}({s}: str) -> str
    <start> {s} without (the |its |any |){phrase}.
    return "".join(x for x in {s} if not ({test}))
keep_{word}({s}: str) -> str
    <start> (only the|the) {phrase} of {s}(, in order|).
    return "".join(x for x in {s} if {test})
has_{word}({s}: str) -> bool
    <test> {s} (contains|has) (any |){phrase}.
    return any({test} for x in {s})
all_{word}({s}: str) -> bool
    <test> {s} (consists of|has only|contains only) {phrase}.
    return all({test} for x in {s})
backwards({s}: str) -> str
    <start> {s} (reversed|backwards|in reverse|read from right to left).
    return {s}[::-1]
{way}({s}: str) -> str
    <start> {s} {maps}.
    return {whole}
words_{way}({s}: str) -> str
    <start> {s} with each word {maps}.
    return " ".join({new} for x in {s}.split())
mirror({s}: str) -> bool
    <test> {s} (is a palindrome|reads the same backwards)( ignoring case|).
    t = {s}.lower()\nreturn t == t[::-1]
words({s}: str) -> int
    <start> (how many|the number of) words (there are in|in|are in) {s}.
    return len({s}.split())
word_list({s}: str) -> list[str]
    <start> (the words of|a list of the words in) {s}.
    return {s}.split()
word_lengths({s}: str) -> list[int]
    <start> the lengths of the words (of|in) {s}.
    return [len(x) for x in {s}.split()]
longest({s}: str) -> str
    <start> the (longest|first longest) word (of|in) {s}.
    return max({s}.split(), key=len)
turn({s}: str) -> str
    <start> {s} with (its|the) words in reverse order.
    return " ".join({s}.split()[::-1])
initials({s}: str) -> str
    <start> the first letters of the words in {s}(, in upper case|).
    return "".join(x[0].upper() for x in {s}.split())
swap({s}: str) -> str
    <start> {s} with {first} replaced by {second}.
    return {s}.replace({first}, {second})
repeat({s}: str, {k}: int) -> str
    <start> {s} repeated {k} times.
    return {s} * {k}
cut({s}: str, {k}: int) -> str
    <start> the first {k} characters of {s}.
    return {s}[:{k}]
distinct({s}: str) -> int
    <start> (how many|the number of) (different|distinct|unique) characters (there are in|in|are in) {s}.
    return len(set({s}))
ordered({s}: str) -> str
    <start> the characters of {s} (sorted|in alphabetical order).
    return "".join(sorted({s}))
tally({s}: str) -> dict[str, int]
    <start> how often each character occurs in {s}.
    result = {}\nfor x in {s}:\n    result[x] = result.get(x, 0) + 1\nreturn result
double({s}: str) -> str
    <start> {s} with (each|every) character (doubled|written twice).
    return "".join(x * 2 for x in {s})
squeeze({s}: str) -> str
    <start> {s} with runs of spaces (replaced by one|made one) space.
    return " ".join({s}.split())
ends({s}: str) -> str
    <start> the first and the last character of {s}.
    return {s}[0] + {s}[-1]
digit_sum({s}: str) -> int
    <start> the sum of the digits in {s}.
    return sum(int(x) for x in {s} if x.isdigit())
"""

TEXT_LISTS = r"""
only_{word}({v}: list[str]) -> list[str]
    <start> (the|only the|all) {v} {phrase}.
    return [x for x in {v} if {test}]
count_{word}({v}: list[str]) -> int
    <start> (how many|the number of) {v} {phrase}( there are|).
    return sum(1 for x in {v} if {test})
any_{word}({v}: list[str]) -> bool
    <test> (any|one) of the {v} is {phrase}.
    return any({test} for x in {v})
{way}({v}: list[str]) -> list[str]
    <start> (the|all) {v} {maps}.
    return [{new} for x in {v}]
lengths({v}: list[str]) -> list[int]
    <start> the lengths of (the|all) {v}.
    return [len(x) for x in {v}]
length_total({v}: list[str]) -> int
    <start> the total (length|number of characters) of (all |the |){v}.
    return sum(len(x) for x in {v})
longest({v}: list[str]) -> str
    <start> the longest of the {v}, or an empty string if there are none.
    return max({v}, key=len, default="")
shortest({v}: list[str]) -> str
    <start> the shortest of the {v}, or an empty string if there are none.
    return min({v}, key=len, default="")
joined({v}: list[str]) -> str
    <start> the {v} joined (with|by) {mark}.
    return {mark}.join({v})
ordered({v}: list[str]) -> list[str]
    <start> {v} (sorted|in alphabetical order).
    return sorted({v})
by_length({v}: list[str]) -> list[str]
    <start> {v} sorted by (their |)length(, shortest first|).
    return sorted({v}, key=len)
tally({v}: list[str]) -> dict[str, int]
    <start> (how often each of the {v} occurs|a dict from each of the {v} to its count).
    result = {}\nfor x in {v}:\n    result[x] = result.get(x, 0) + 1\nreturn result
groups({v}: list[str]) -> dict[str, list[str]]
    <start> the {v} grouped by (their |)first letter.
    result = {}\nfor x in {v}:\n    result.setdefault(x[0], []).append(x)\nreturn result
sizes({v}: list[str]) -> dict[str, int]
    <start> a dict from each of the {v} to its length.
    return {x: len(x) for x in {v}}
unique({v}: list[str]) -> list[str]
    <start> {v} without duplicates, in (the same|their) order.
    return list(dict.fromkeys({v}))
"""

INTEGER_FUNCTIONS = r"""
is_{word}({n}: int) -> bool
    <test> {n} is {phrase}.
    return {holds}
{way}({n}: int) -> int
    <start> the {one} of {n}.
    return {of_n}
digits({n}: int) -> int
    <start> the sum of the digits of {n}.
    return sum(int(x) for x in str(abs({n})))
digit_count({n}: int) -> int
    <start> (how many|the number of) digits {n} has.
    return len(str(abs({n})))
up_to({n}: int) -> list[int]
    <start> the {phrase} numbers from 1 to {n}.
    return [x for x in range(1, {n} + 1) if {test}]
sum_to({n}: int) -> int
    <start> the sum of the (numbers|integers) from 1 to {n}.
    return sum(range(1, {n} + 1))
sum_to({n}: int) -> int
    <start> the sum of the {phrase} numbers from 1 to {n}.
    return sum(x for x in range(1, {n} + 1) if {test})
product_to({n}: int) -> int
    <start> the (product of the numbers from 1 to {n}|factorial of {n}).
    result = 1\nfor x in range(2, {n} + 1):\n    result *= x\nreturn result
count_down({n}: int) -> list[int]
    <start> the numbers from {n} down to 1.
    return list(range({n}, 0, -1))
table({n}: int) -> list[int]
    <start> the first {k} multiples of {n}.
    return [{n} * x for x in range(1, {last})]
divisors({n}: int) -> list[int]
    <start> (all|the) (divisors|positive divisors) of {n}(, in ascending order|).
    return [x for x in range(1, {n} + 1) if {n} % x == 0]
prime({n}: int) -> bool
    <test> {n} is (prime|a prime number).
    if {n} < 2:\n    return False\nreturn all({n} % x for x in range(2, int({n} ** 0.5) + 1))
sign({n}: int) -> int
    <start> 1 if {n} is positive, -1 if it is negative and 0 otherwise.
    return ({n} > 0) - ({n} < 0)
words({n}: int) -> str
    <start> 'even' if {n} is even and 'odd' otherwise.
    return "even" if {n} % 2 == 0 else "odd"
which({n}: int) -> str
    <start> 'yes' if {n} is {phrase}, (otherwise|else) 'no'.
    return "yes" if {holds} else "no"
binary({n}: int) -> str
    <start> {n} (in binary|as a binary string).
    return bin({n})[2:]
stars({n}: int) -> str
    <start> a string of {n} stars.
    return "*" * {n}
backwards({n}: int) -> int
    <start> {n} with its digits reversed.
    return int(str({n})[::-1])
"""

TWO_INTEGERS = r"""
add({a}: int, {b}: int) -> int
    <start> the sum of {a} and {b}.
    return {a} + {b}
difference({a}: int, {b}: int) -> int
    <start> the (absolute |)difference (of|between) {a} and {b}.
    return abs({a} - {b})
multiply({a}: int, {b}: int) -> int
    <start> {a} (times|multiplied by) {b}.
    return {a} * {b}
larger({a}: int, {b}: int) -> int
    <start> the (larger|greater|bigger) of {a} and {b}.
    return max({a}, {b})
smaller({a}: int, {b}: int) -> int
    <start> the (smaller|lesser) of {a} and {b}.
    return min({a}, {b})
power({a}: int, {b}: int) -> int
    <start> {a} (to the power of|raised to) {b}.
    return {a} ** {b}
rest({a}: int, {b}: int) -> int
    <start> the remainder of {a} divided by {b}.
    return {a} % {b}
divide({a}: int, {b}: int) -> float
    <start> {a} divided by {b}, or 0.0 if {b} is (0|zero).
    return {a} / {b} if {b} else 0.0
between({a}: int, {b}: int) -> list[int]
    <start> the (numbers|integers) from {a} to {b}, both (included|inclusive).
    return list(range({a}, {b} + 1))
sum_between({a}: int, {b}: int) -> int
    <start> the sum of the integers from {a} to {b}(, both included|).
    return sum(range({a}, {b} + 1))
divides({a}: int, {b}: int) -> bool
    <test> {a} (divides {b}|is a divisor of {b}).
    return {b} % {a} == 0
equal_parity({a}: int, {b}: int) -> bool
    <test> {a} and {b} are both even or both odd.
    return {a} % 2 == {b} % 2
common({a}: int, {b}: int) -> int
    <start> the greatest common divisor of {a} and {b}.
    while {b}:\n    {a}, {b} = {b}, {a} % {b}\nreturn {a}
perimeter({a}: int, {b}: int) -> int
    <start> the perimeter of a rectangle with sides {a} and {b}.
    return 2 * ({a} + {b})
area({a}: int, {b}: int) -> int
    <start> the area of a rectangle with sides {a} and {b}.
    return {a} * {b}
"""

THREE_INTEGERS = r"""
limit({n}: int, {a}: int, {b}: int) -> int
    <start> {n} (limited to|forced into|clamped to) the range from {a} to {b}.
    return max({a}, min({n}, {b}))
inside({n}: int, {a}: int, {b}: int) -> bool
    <test> {n} (lies|is) between {a} and {b}(, both included|).
    return {a} <= {n} <= {b}
"""

PAIRS_OF_LISTS = r"""
pairwise({a}: list[int], {b}: list[int]) -> list[int]
    <start> the (sums|pairwise sums) of {a} and {b}.
    return [x + y for x, y in zip({a}, {b})]
dot({a}: list[int], {b}: list[int]) -> int
    <start> the sum of the products of {a} and {b}.
    return sum(x * y for x, y in zip({a}, {b}))
common({a}: list[int], {b}: list[int]) -> list[int]
    <start> the elements of {a} that (are also|also occur) in {b}.
    return [x for x in {a} if x in {b}]
missing({a}: list[int], {b}: list[int]) -> list[int]
    <start> the elements of {a} that are not in {b}.
    return [x for x in {a} if x not in {b}]
merged({a}: list[int], {b}: list[int]) -> list[int]
    <start> the elements of {a} and {b} (in one sorted list|together, sorted).
    return sorted({a} + {b})
agree({a}: list[int], {b}: list[int]) -> int
    <start> (how many|the number of) positions where {a} and {b} are equal.
    return sum(1 for x, y in zip({a}, {b}) if x == y)
total({d}: dict[str, int]) -> int
    <start> the sum of the values of {d}.
    return sum({d}.values())
keys({d}: dict[str, int]) -> list[str]
    <start> the keys of {d}, sorted.
    return sorted({d})
best({d}: dict[str, int]) -> str
    <start> the key with the (largest|highest) value in {d}.
    return max({d}, key={d}.get)
turned({d}: dict[str, str]) -> dict[str, str]
    <start> {d} with keys and values (swapped|exchanged).
    return {v: k for k, v in {d}.items()}
filtered({d}: dict[str, int]) -> dict[str, int]
    <start> the entries of {d} whose value is {phrase}.
    return {k: x for k, x in {d}.items() if {test}}
filtered_keys({d}: dict[str, int]) -> list[str]
    <start> the keys of {d} whose value is {phrase}.
    return [k for k, x in {d}.items() if {test}]
"""
