# ruff: noqa: E501 (a template reads best in one line)
"""Calculations in words: how the operands are drawn, the result, then the wordings.

``=`` is plain wording, ``-`` a short story. Templates of ``grammar``.
"""

from __future__ import annotations

FAMILIES = """
any_pair: a + b
  = (<go>|) {a} (+|plus|and) {b}(.|)
  = <go> the (sum|total) of {a} and {b}.
  = (Add|Sum up) {a} and {b}.
  = What (do|will) {a} and {b} (make|add up to|give)( together|)?
  = (Increase|Raise) {a} by {b}.
  = How much is {a} (plus|and) {b}?
  = Which number is {b} (more|greater) than {a}?
  - <name> (has|owns|finds|collects) {a} <things> and (gets|buys|is given|finds) {b} more. <how> (are there|does that make)( now| in all|)?
  - There are {a} (red|old|small|green) and {b} (blue|new|large|yellow) <things>. <how> <things> are there( altogether| in total|)?
  - <name> (walks|rides|drives) {a} kilometres (in the morning|on Monday|today) and {b} kilometres (later|on Tuesday|in the evening). How far is that( in all|)?
  - A <holder> holds {a} <things>. {b} (more|others|further ones) are added. <how> are (in it|there) now?
  - <name> (pays|spends) {a} <unit> for a <item> and {b} <unit> for a <item>. (How much is that|What is the total|What does it cost together)?
  - (A train|A lift|A ship|A bus) carries {a} <people>, and {b} more get on. <how> <people> are on board?
any_pair: a - b
  = (<go>|) {a} (-|minus|less) {b}(.|)
  = <go> the difference {a} - {b}.
  = (Subtract|Take|Take away|Remove) {b} from {a}.
  = How much is {a} (minus|less) {b}?
  = (Decrease|Lower|Reduce) {a} by {b}.
  = Which number is {b} (less|smaller) than {a}?
  = The temperature is {a} degrees and falls by {b} degrees. What is it (now|then)?
  = <name> has {a} (euros|dollars|points) and (loses|spends|must pay) {b}. What is the (balance|score|new balance)?
falling: a - b
  = (<go>|) {a} (-|minus|less) {b}(.|)
  = How much (more|larger) is {a} than {b}?
  = What is (left|the rest) (when|if) {b} is taken from {a}?
  - <name> (has|had|owns|bakes|picks) {a} <things> and (gives away|sells|loses|eats|breaks|uses) {b}( of them|). <how> (are left|remain|does that leave)?
  - There (are|were) {a} <people> in the <holder>. {b} (leave|go home|get off|walk away). <how> (stay|are left|remain|are still there)?
  - A (rope|ribbon|road|plank|wire) is {a} metres long. {b} metres are (cut off|used|finished). (How much is left|How long is the rest|What remains)?
  - A <item> costs {b} <unit>. <name> pays with {a} <unit>. How much (change|money) (does <name> get back|comes back|is returned)?
  - <name> has {a} <things> and <name> has {b}. How many more (has the first|does the first one have|are that)?
  - A book has {a} pages. <name> has read {b}( pages|). <how> pages are (left|unread|still to read)?
  - <name> needs {a} <unit> and has {b}( already| so far|). How (many|much) (are|is) (missing|still needed|left to get)?
factors: a * b
  = (<go>|) {a} (*|x|times|multiplied by) {b}(.|)
  = (<go>|) {a} (*|times) {b}(.|)
  = <go> the product of {a} and {b}.
  = Multiply {a} (by|with) {b}.
  = How much is {a} (times|x) {b}?
  - (There are|<name> has|A shop has|<name> buys|<name> packs|<name> fills) {a} <holders> (with|of) {b} <things>( each| in each|). <how> <things> are (there|that)( in all| altogether|)?
  - (Each|Every|One) <holder> (holds|has|contains) {b} <things>. <how> <things> are in {a} <holders>?
  - (One|A) <item> costs {b} <unit>. (What do|How much do) {a} <item>s cost?
  - <name> (works|runs|reads|sleeps) {b} (hours|minutes|pages|laps) (a day|each day|every day|per day). How (many|much) (is that|are that) in {a} days?
  - A (garden|field|wall|room) is {a} metres long and {b} metres wide. What is its area( in square metres|)?
  - {a} <people> (bring|pay|get|carry|eat) {b} <things> each. <how> <things> is that( in total|)?
  - A (machine|printer|worker|hen) (makes|produces) {b} <things> (an hour|per hour|a day). <how> in {a} (hours|days)?
  - (A car|A train|A cyclist) (drives|travels|goes) {b} kilometres (an hour|per hour). How far (does it get|is it) in {a} hours?
exact: a // b
  = (<go>|) {a} (/|divided by|:) {b}(.|)
  = <go> the quotient of {a} and {b}.
  = Divide {a} by {b}.
  = How (often|many times) does {b} (go|fit) into {a}?
  - {b} <people> share {a} <things> (equally|evenly|fairly). <how> does each (get|one get|receive)?
  - {a} <things> are (packed|put|divided|sorted) (into|in) {b} (equal |)<holders>. <how> <things> are in (each|one|every) <holder>?
  - (One|Each) <holder> holds {b} <things>. <how> <holders> are needed for {a} <things>?
  - {b} <item>s cost {a} <unit>. (What does|How much does) one (cost|<item> cost)?
  - <name> reads {a} pages in {b} days, (the same number|equally many) every day. <how> pages (a day|per day)?
  - (A car|A train|A bus) (goes|travels) {a} kilometres in {b} hours. How (many kilometres|far) is that (an hour|per hour|in one hour)?
uneven: a % b
  = (<go>|) {a} (mod|modulo|%) {b}(.|)
  = <go> the remainder (of|when) {a} (divided|is divided) by {b}.
  = What (is left over|remains) when {a} is divided by {b}?
  - {a} <things> are (packed|put) into <holders> of {b}. <how> (are left over|do not fit|remain)?
  - {b} <people> share {a} <things> equally. <how> are left over?
  - <name> fills full <holders> of {b} from {a} <things>. <how> <things> (stay over|are left)?
uneven: -(-a // b)
  - (One|Each|A) (bus|boat|van|table|lift) (takes|holds|seats) {b} <people>. How many are needed (for|to carry|so that all|to seat) {a} <people>?
  - {a} <things> (must fit|go|are packed) into <holders> (of at most|that hold) {b}. What is the smallest number of <holders>?
three: a + b + c
  = (<go>|) {a} + {b} + {c}(.|)
  = (Add|Sum up|<go> the sum of) {a}, {b} and {c}.
  - <name> (buys|picks|counts|sells) {a} <things>, then {b} and (finally|later) {c}( more|). <how> is that( in all|)?
  - The (sides|walls|legs) of a triangle are {a}, {b} and {c} metres. What is its perimeter?
  - (On Monday|First) {a} <people> come, (on Tuesday|then) {b} and (on Wednesday|at last) {c}. <how> <people> (came|is that) in total?
shrinking: a - b - c
  = (<go>|) {a} - {b} - {c}(.|)
  - <name> has {a} <unit>, (spends|pays) {b} (on a <item>|for a <item>|) and {c} (on|for) a <item>. (How much|How many <unit>) (is|are) left?
  - There are {a} <things>. <name> (takes|sells|eats) {b} and <name> (takes|sells|eats) {c}. <how> (remain|are left)?
three: a + b - c
  = (<go>|) {a} + {b} - {c}(.|)
  - <name> has {a} <things>, (gets|buys|finds) {b} (more|others) and (gives away|loses|sells) {c}. <how> (are there now|are left|does that leave)?
  - A bus has {a} <people>. {b} get on and {c} get off. <how> are on the bus( now|)?
product_and: a * b + c
  = (<go>|) {a} (*|times) {b} (+|plus) {c}(.|)
  = Multiply {a} by {b} and add {c}.
  - <name> (has|buys|fills|packs) {a} <holders> (of|with) {b} <things> (each |)and {c} (single|loose|more|extra) (ones|<things>). <how> <things> is that( in all|)?
  - {a} <item>s cost {b} <unit> each and (delivery|the post|the bag|a <item>) costs {c}( <unit>|). What is the (total|full) (price|cost)?
  - <name> (earns|saves|gets) {b} <unit> (a week|a day|an hour) and has {c} (already|at the start). How (much|many) after {a} (weeks|days|hours)?
product_less: a * b - c
  = (<go>|) {a} (*|times) {b} (-|minus) {c}(.|)
  - <name> (has|buys|fills|packs) {a} <holders> (of|with) {b} <things>( each|). {c} (are broken|are sold|are eaten|get lost|are given away). <how> (are left|remain)?
  - <name> buys {a} <item>s for {b} <unit> each and has a voucher for {c}( <unit>|). What (is to pay|does <name> pay)?
product_from: c - a * b
  = (<go>|) {c} - {a} * {b}(.|)
  - <name> has {c} <unit> and buys {a} <item>s (for|at) {b} <unit> each. How much (is left|money is left|change is there)?
  - There are {c} <things>. {a} <people> take {b} each. <how> (remain|are left)?
  - <name> pays {a} <item>s of {b} <unit> with {c}( <unit>|). How much (change|comes back)?
shared_rest: (a - b) // c
  = Subtract {b} from {a} and divide (the result |)by {c}.
  - <name> has {a} <things>, keeps {b} and (shares|divides) the rest among {c} <people>. <how> does each (get|receive)?
  - From {a} <unit>, {b} (are|is) spent; {c} <people> share what is left. How much does each get?
percent: a * b // 100
  = (<go>|How much is) {a} (%|percent|per cent) of {b}(.|?)
  = Take {a} percent of {b}.
  - {a} percent of {b} <people> (come by bike|are ill|vote yes|are adults). <how> <people> is that?
  - A <item> costs {b} <unit>. The (discount|tax|tip|deposit) is {a} percent. How much is (that|the discount|it)?
percent: b - a * b // 100
  - A <item> (costs|cost) {b} <unit> and is now {a} percent cheaper. (What is the new price|What does it cost now)?
  - <name> buys a <item> for {b} <unit> with {a} percent off. What (is paid|does <name> pay|is the price)?
mean_of: (a + b + c) // 3
  = (<go> the|What is the) (mean|average) of {a}, {b} and {c}(.|?)
  - <name> scores {a}, {b} and {c} points. What is the (average|mean)( score|)?
factors: 2 * (a + b)
  - A (rectangle|garden|field|room) is {a} metres long and {b} metres wide. (What is its perimeter|How long is the fence around it)?
single: 2 * a
  = (Double {a}.|Twice {a}.|What is the double of {a}?|<go> two times {a}.)
  - <name> has {a} <things> and <name> has (twice|double) as many. <how> has the second?
single: a * a
  = (Square {a}.|{a} squared.|<go> the square of {a}.|<go> {a} * {a}.)
  - A square has sides of {a} (cm|metres). What is its area?
falling: a - b
  = (Solve|Find x:|What number is x in) x + {b} = {a}(.|?)
any_pair: a + b
  = (Solve|Find x:|What number is x in) x - {a} = {b}(.|?)
exact: a // b
  = (Solve|Find x:|What number is x in) {b}x = {a}(.|?)
equation: (c - b) // a
  = (Solve|Find x:|What number is x in) {a}x + {b} = {c}(.|?)
  - I multiply a number by {a}, add {b} and get {c}. What was (the|my) number?
progression: 2 * c - b
  = (Continue|Which number follows|What comes after|Give the next number of) {a}, {b}, {c}(, ...|:|?|)
  - <name> (saves|reads|runs) {a}, then {b}, then {c} <unit> (day after day|in three weeks). What (follows|comes next) if it goes on like this?
multiples: gcd(a, b)
  = (<go>|What is) the (greatest common divisor|highest common factor|gcd) of {a} and {b}(.|?)
multiples: lcm(a, b)
  = (<go>|What is) the (least common multiple|smallest common multiple|lcm) of {a} and {b}(.|?)
three: max(a, b, c)
  = (Which is the largest of|Name the maximum of|Which number is greatest:) {a}, {b}, {c}(.|?)
three: min(a, b, c)
  = (Which is the smallest of|Name the minimum of|Which number is least:) {a}, {b}, {c}(.|?)
three: sorted((a, b, c))[1]
  = (<go> the median of|What is the median of|Which number lies in the middle:) {a}, {b}, {c}(.|?)
three: max(a, b, c) - min(a, b, c)
  = (<go> the range of|How far apart are the largest and the smallest of) {a}, {b} and {c}(.|?)
even_product: a * b // 2
  - A triangle has a base of {a} (cm|metres) and a height of {b} (cm|metres). (What is|How large is) its area?
product_and: a * b * c
  = (<go>|) {a} * {b} * {c}(.|)
  - A (box|tank|crate) is {a} cm wide, {b} cm deep and {c} cm high. (What is|How large is) its volume?
single: 4 * a
  - (Each|Every) side of a square (is|measures) {a} (cm|metres). How long is the (way|line) around it?
any_pair: abs(a - b)
  = How far apart (are|lie) {a} and {b}( on the number line|)?
single: sum(map(int, str(a)))
  = Add (up |)the digits of {a}.
single: a * (a + 1) // 2
  = (Add|Sum up) all whole numbers from 1 to {a}.
"""
