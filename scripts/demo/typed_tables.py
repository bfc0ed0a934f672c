# ruff: noqa: E501 (a template reads best in one line)
"""Rust and Go functions that ``typed_functions`` composes: three lines each, as in ``function_tables``."""

RUST = r"""
total({v}: &[{t}]) -> {t}
    <start> the sum of (all |the |){v}.
    {v}.iter().sum()
sum_{word}({v}: &[{t}]) -> {t}
    <start> the sum of the {phrase} (numbers|values|elements) (in|of) {v}.
    {v}.iter().filter(|&&x| {test}).sum()
how_many({v}: &[{t}]) -> usize
    <start> (how many {v} there are|the number of {v}|the length of {v}).
    {v}.len()
count_{word}({v}: &[{t}]) -> usize
    <start> (how many|the number of) {v} (that |which |)are {phrase}.
    {v}.iter().filter(|&&x| {test}).count()
count_above({v}: &[{t}], {n}: {t}) -> usize
    <start> (how many|the number of) {v} (that |which |)are (greater than|above|larger than) {n}.
    {v}.iter().filter(|&&x| x > {n}).count()
count_equal({v}: &[{t}], {n}: {t}) -> usize
    <start> how often {n} (occurs|is found|stands) in {v}.
    {v}.iter().filter(|&&x| x == {n}).count()
largest({v}: &[{t}]) -> Option<{t}>
    <start> the (largest|greatest|highest) of {v}, or `None` (if there are none|if {v} is empty|for <empty>).
    {v}.iter().copied().max()
smallest({v}: &[{t}]) -> Option<{t}>
    <start> the (smallest|least|lowest) of {v}, or `None` (if there are none|if {v} is empty|for <empty>).
    {v}.iter().copied().min()
first({v}: &[{t}]) -> Option<{t}>
    <start> the first of {v}, or `None` (if there are none|if {v} is empty|for <empty>).
    {v}.first().copied()
last({v}: &[{t}]) -> Option<{t}>
    <start> the last of {v}, or `None` (if there are none|if {v} is empty|for <empty>).
    {v}.last().copied()
first_{word}({v}: &[{t}]) -> Option<{t}>
    <start> the first {phrase} (number|value|element) (in|of) {v}, or `None`( if there is none|).
    {v}.iter().copied().find(|&x| {test})
position({v}: &[{t}], {n}: {t}) -> Option<usize>
    <start> the (index|position) of {n} in {v}, or `None`( if it is not there|).
    {v}.iter().position(|&x| x == {n})
keep_{word}({v}: &[{t}]) -> Vec<{t}>
    <start> (the|only the) {phrase} (numbers|values|elements) (in|of) {v}{order}.
    {v}.iter().copied().filter(|&x| {test}).collect()
above({v}: &[{t}], {n}: {t}) -> Vec<{t}>
    <start> the {v} that are (greater than|above|larger than) {n}{order}.
    {v}.iter().copied().filter(|&x| x > {n}).collect()
below({v}: Vec<{t}>, {n}: {t}) -> Vec<{t}>
    <start> the {v} that are (less than|below|smaller than) {n}{order}.
    {v}.into_iter().filter(|&x| x < {n}).collect()
{way}({v}: &[{t}]) -> Vec<{t}>
    <start> (the|a list of the) {maps} of {v}{order}.
    {v}.iter().map(|&x| {new}).collect()
shifted({v}: &[{t}], {n}: {t}) -> Vec<{t}>
    <start> {v} with {n} added to each( element|).
    {v}.iter().map(|&x| x + {n}).collect()
limited({v}: &[{t}], {n}: {t}) -> Vec<{t}>
    <start> {v}, (each of them at most {n}|with everything above {n} made {n}).
    {v}.iter().map(|&x| x.min({n})).collect()
any_{word}({v}: &[{t}]) -> bool
    <test> (any|at least one|some) (number|value) (of|in) {v} is {phrase}.
    {v}.iter().any(|&x| {test})
all_{word}({v}: &[{t}]) -> bool
    <test> (all|every one of the) {v} (are|is) {phrase}.
    {v}.iter().all(|&x| {test})
nothing({v}: &[{t}]) -> bool
    <test> {v} is empty.
    {v}.is_empty()
holds({v}: &[{t}], {n}: {t}) -> bool
    <test> {n} (occurs|is found|stands) in {v}.
    {v}.contains(&{n})
backwards({v}: &[{t}]) -> Vec<{t}>
    <start> {v} (in reverse order|reversed|backwards|from back to front).
    {v}.iter().rev().copied().collect()
ascending({v}: &[{t}]) -> Vec<{t}>
    <start> {v} (sorted|in ascending order|from small to large).
    let mut result = {v}.to_vec();\nresult.sort();\nresult
descending({v}: Vec<{t}>) -> Vec<{t}>
    <start> {v} (in descending order|from large to small).
    let mut result = {v};\nresult.sort();\nresult.reverse();\nresult
unique({v}: &[{t}]) -> Vec<{t}>
    <start> the (distinct|different) {v}, sorted.
    let mut result = {v}.to_vec();\nresult.sort();\nresult.dedup();\nresult
head({v}: &[{t}], {n}: usize) -> Vec<{t}>
    <start> the first {n} elements of {v}.
    {v}.iter().take({n}).copied().collect()
tail({v}: &[{t}], {n}: usize) -> Vec<{t}>
    <start> {v} without the first {n} elements.
    {v}.iter().skip({n}).copied().collect()
every({v}: &[{t}]) -> Vec<{t}>
    <start> every second element of {v}, starting with the first.
    {v}.iter().step_by(2).copied().collect()
running({v}: &[{t}]) -> Vec<{t}>
    <start> the running (totals|sums) of {v}.
    let mut total = 0;\nlet mut result = Vec::new();\nfor &x in {v} {\n    total += x;\n    result.push(total);\n}\nresult
pairwise({a}: &[{t}], {b}: &[{t}]) -> Vec<{t}>
    <start> the (sums|pairwise sums) of {a} and {b}.
    {a}.iter().zip({b}).map(|(x, y)| x + y).collect()
larger({a}: {t}, {b}: {t}) -> {t}
    <start> the (larger|greater|bigger) of {a} and {b}.
    {a}.max({b})
smaller({a}: {t}, {b}: {t}) -> {t}
    <start> the (smaller|lesser) of {a} and {b}.
    {a}.min({b})
add({a}: {t}, {b}: {t}) -> {t}
    <start> the sum of {a} and {b}.
    {a} + {b}
multiply({a}: {t}, {b}: {t}) -> {t}
    <start> {a} (times|multiplied by) {b}.
    {a} * {b}
rest({a}: {t}, {b}: {t}) -> {t}
    <start> the remainder of {a} divided by {b}.
    {a} % {b}
divide({a}: {t}, {b}: {t}) -> Option<{t}>
    <start> {a} divided by {b}, or `None` if {b} is (0|zero).
    if {b} == 0 {\n    None\n} else {\n    Some({a} / {b})\n}
{word}({n}: {t}) -> bool
    <test> {n} is {phrase}.
    {holds}
{way}({n}: {t}) -> {t}
    <start> the {one} of {n}.
    {of_n}
up_to({n}: {t}) -> Vec<{t}>
    <start> the numbers from 1 to {n}.
    (1..={n}).collect()
sum_to({n}: {t}) -> {t}
    <start> the sum of the (numbers|integers) from 1 to {n}.
    (1..={n}).sum()
upper({s}: &str) -> String
    <start> {s} in upper case.
    {s}.to_uppercase()
lower({s}: &str) -> String
    <start> {s} in lower case.
    {s}.to_lowercase()
stripped({s}: &str) -> String
    <start> {s} without (spaces at the ends|leading and trailing spaces).
    {s}.trim().to_string()
letters({s}: &str) -> usize
    <start> (how many|the number of) characters {s} has.
    {s}.chars().count()
turned({s}: &str) -> String
    <start> {s} (reversed|backwards|read from right to left).
    {s}.chars().rev().collect()
words({s}: &str) -> usize
    <start> (how many|the number of) words (there are in|in|are in) {s}.
    {s}.split_whitespace().count()
word_list({s}: &str) -> Vec<String>
    <start> (the words of|a list of the words in) {s}.
    {s}.split_whitespace().map(|x| x.to_string()).collect()
lines({s}: &str) -> usize
    <start> (how many|the number of) lines (there are in|are in) {s}.
    {s}.lines().count()
count_char({s}: &str) -> usize
    <start> how often {c} (occurs|stands) in {s}.
    {s}.chars().filter(|&x| x == {c}).count()
without({s}: &str) -> String
    <start> {s} without (any|the character) {c}.
    {s}.chars().filter(|&x| x != {c}).collect()
digits({s}: &str) -> usize
    <start> (how many|the number of) digits (there are in|in|are in) {s}.
    {s}.chars().filter(|x| x.is_ascii_digit()).count()
parsed({s}: &str) -> Option<{t}>
    <start> the number that {s} holds, or `None` if it is no number.
    {s}.trim().parse().ok()
repeated({s}: &str, {n}: usize) -> String
    <start> {s} repeated {n} times.
    {s}.repeat({n})
label({s}: &str, {n}: {t}) -> String
    <start> {s}, {c} and {n}( in one string| as one text|).
    format!("{}{raw}{}", {s}, {n})
blank({s}: &str) -> bool
    <test> {s} is empty( or has only spaces|).
    {s}.trim().is_empty()
joined({w}: &[&str]) -> String
    <start> the {w} joined (with|by) {mark}.
    {w}.join({mark})
long({w}: &[&str], {n}: usize) -> Vec<String>
    <start> the {w} (longer than|with more than) {n} (characters|letters){order}.
    {w}.iter().filter(|x| x.len() > {n}).map(|x| x.to_string()).collect()
count_long({w}: &[String], {n}: usize) -> usize
    <start> how many {w} (are longer than|have more than) {n} (characters|letters).
    {w}.iter().filter(|x| x.len() > {n}).count()
longest({w}: Vec<String>) -> Option<String>
    <start> the longest of the {w}, or `None`( if there are none|).
    {w}.into_iter().max_by_key(|x| x.len())
"""

GO = r"""
Total({v} []{t}) -> {t}
    <start> the sum of (all |the |){v}.
    total := {zero}\nfor _, x := range {v} {\n\ttotal += x\n}\nreturn total
Sum({v} []{t}) -> {t}
    <start> the sum of the {phrase} (numbers|values|elements) (in|of) {v}.
    total := {zero}\nfor _, x := range {v} {\n\tif {test} {\n\t\ttotal += x\n\t}\n}\nreturn total
Size({v} []{t}) -> int
    <start> (how many {v} there are|the number of {v}|the length of {v}).
    return len({v})
Count({v} []{t}) -> int
    <start> (how many|the number of) {v} (that |which |)are {phrase}.
    count := 0\nfor _, x := range {v} {\n\tif {test} {\n\t\tcount++\n\t}\n}\nreturn count
CountAbove({v} []{t}, {n} {t}) -> int
    <start> (how many|the number of) {v} (that |which |)are (greater than|above|larger than) {n}.
    count := 0\nfor _, x := range {v} {\n\tif x > {n} {\n\t\tcount++\n\t}\n}\nreturn count
Occurrences({v} []{t}, {n} {t}) -> int
    <start> how often {n} (occurs|is found|stands) in {v}.
    count := 0\nfor _, x := range {v} {\n\tif x == {n} {\n\t\tcount++\n\t}\n}\nreturn count
Largest({v} []{t}) -> {t}
    <start> the (largest|greatest|highest) of {v}, which (is never empty|has at least one element).
    best := {v}[0]\nfor _, x := range {v} {\n\tif x > best {\n\t\tbest = x\n\t}\n}\nreturn best
Smallest({v} []{t}) -> {t}
    <start> the (smallest|least|lowest) of {v}, which (is never empty|has at least one element).
    best := {v}[0]\nfor _, x := range {v} {\n\tif x < best {\n\t\tbest = x\n\t}\n}\nreturn best
First({v} []{t}) -> {t}
    <start> the first {phrase} (number|value|element) (in|of) {v}, or 0( if there is none|).
    for _, x := range {v} {\n\tif {test} {\n\t\treturn x\n\t}\n}\nreturn 0
Index({v} []{t}, {n} {t}) -> int
    <start> the (index|position) (from 0 |)of {n} in {v}, or -1( if it is not there|).
    for i, x := range {v} {\n\tif x == {n} {\n\t\treturn i\n\t}\n}\nreturn -1
IndexAbove({v} []{t}, {n} {t}) -> int
    <start> the (index|position) (from 0 |)of the first of {v} (above|greater than) {n}, or -1( if there is none|).
    for i, x := range {v} {\n\tif x > {n} {\n\t\treturn i\n\t}\n}\nreturn -1
Keep({v} []{t}) -> []{t}
    <start> (the|only the) {phrase} (numbers|values|elements) (in|of) {v}{order}.
    result := []{t}{}\nfor _, x := range {v} {\n\tif {test} {\n\t\tresult = append(result, x)\n\t}\n}\nreturn result
Above({v} []{t}, {n} {t}) -> []{t}
    <start> the {v} that are (greater than|above|larger than) {n}{order}.
    result := []{t}{}\nfor _, x := range {v} {\n\tif x > {n} {\n\t\tresult = append(result, x)\n\t}\n}\nreturn result
Changed({v} []{t}) -> []{t}
    <start> (the|a list of the) {maps} of {v}{order}.
    result := []{t}{}\nfor _, x := range {v} {\n\tresult = append(result, {new})\n}\nreturn result
Shifted({v} []{t}, {n} {t}) -> []{t}
    <start> {v} with {n} added to each( element|).
    result := []{t}{}\nfor _, x := range {v} {\n\tresult = append(result, x+{n})\n}\nreturn result
Any({v} []{t}) -> bool
    <test> (any|at least one|some) (number|value) (of|in) {v} is {phrase}.
    for _, x := range {v} {\n\tif {test} {\n\t\treturn true\n\t}\n}\nreturn false
Has({v} []{t}, {n} {t}) -> bool
    <test> {n} (occurs|is found|stands) in {v}.
    for _, x := range {v} {\n\tif x == {n} {\n\t\treturn true\n\t}\n}\nreturn false
Empty({v} []{t}) -> bool
    <test> {v} is empty.
    return len({v}) == 0
Backwards({v} []{t}) -> []{t}
    <start> {v} (in reverse order|reversed|backwards|from back to front).
    result := []{t}{}\nfor i := len({v}) - 1; i >= 0; i-- {\n\tresult = append(result, {v}[i])\n}\nreturn result
EverySecond({v} []{t}) -> []{t}
    <start> every second element of {v}, starting with the first.
    result := []{t}{}\nfor i := 0; i < len({v}); i += 2 {\n\tresult = append(result, {v}[i])\n}\nreturn result
Running({v} []{t}) -> []{t}
    <start> the running (totals|sums) of {v}.
    total := {zero}\nresult := []{t}{}\nfor _, x := range {v} {\n\ttotal += x\n\tresult = append(result, total)\n}\nreturn result
Tally({w} []string) -> map[string]int
    <start> how often each of the {w} occurs.
    result := map[string]int{}\nfor _, x := range {w} {\n\tresult[x]++\n}\nreturn result
Lengths({w} []string) -> []int
    <start> the lengths of (the|all) {w}.
    result := []int{}\nfor _, x := range {w} {\n\tresult = append(result, len(x))\n}\nreturn result
Long({w} []string, {n} int) -> []string
    <start> the {w} (longer than|with more than) {n} (bytes|letters){order}.
    result := []string{}\nfor _, x := range {w} {\n\tif len(x) > {n} {\n\t\tresult = append(result, x)\n\t}\n}\nreturn result
Unique({w} []string) -> []string
    <start> the {w} without (duplicates|repeated ones){order}.
    seen := map[string]bool{}\nresult := []string{}\nfor _, x := range {w} {\n\tif !seen[x] {\n\t\tseen[x] = true\n\t\tresult = append(result, x)\n\t}\n}\nreturn result
Values({d} map[string]int) -> int
    <start> the sum of (the|all) values of {d}.
    total := 0\nfor _, x := range {d} {\n\ttotal += x\n}\nreturn total
Entries({d} map[string]int) -> int
    <start> (how many|the number of) entries {d} has.
    return len({d})
Larger({a}, {b} {t}) -> {t}
    <start> the (larger|greater|bigger) of {a} and {b}.
    if {a} > {b} {\n\treturn {a}\n}\nreturn {b}
Smaller({a}, {b} {t}) -> {t}
    <start> the (smaller|lesser) of {a} and {b}.
    if {a} < {b} {\n\treturn {a}\n}\nreturn {b}
Add({a}, {b} {t}) -> {t}
    <start> the sum of {a} and {b}.
    return {a} + {b}
Multiply({a}, {b} {t}) -> {t}
    <start> {a} (times|multiplied by) {b}.
    return {a} * {b}
Rest({a}, {b} {t}) -> {t}
    <start> the remainder of {a} divided by {b}.
    return {a} % {b}
Divide({a}, {b} {t}) -> ({t}, {t})
    <start> the quotient and the remainder of {a} divided by {b}.
    return {a} / {b}, {a} % {b}
Is({n} {t}) -> bool
    <test> {n} is {phrase}.
    return {holds}
Of({n} {t}) -> {t}
    <start> the {one} of {n}.
    return {of_n}
SumTo({n} int) -> int
    <start> the sum of the (numbers|integers) from 1 to {n}.
    total := 0\nfor i := 1; i <= {n}; i++ {\n\ttotal += i\n}\nreturn total
Length({s} string) -> int
    <start> (how many bytes {s} has|the length of {s} in bytes).
    return len({s})
CountChar({s} string) -> int
    <start> how often {c} (occurs|stands) in {s}.
    count := 0\nfor _, x := range {s} {\n\tif x == {c} {\n\t\tcount++\n\t}\n}\nreturn count
Without({s} string) -> string
    <start> {s} without (any|the character) {c}.
    result := ""\nfor _, x := range {s} {\n\tif x != {c} {\n\t\tresult += string(x)\n\t}\n}\nreturn result
Turned({s} string) -> string
    <start> {s} (reversed|backwards|read from right to left).
    result := ""\nfor _, x := range {s} {\n\tresult = string(x) + result\n}\nreturn result
Twice({s} string) -> string
    <start> {s} written twice.
    return {s} + {s}
Marked({s} string) -> string
    <start> {s} with {mark} (at its end|added to it|behind it).
    return {s} + {mark}
Blank({s} string) -> bool
    <test> {s} is empty.
    return {s} == ""
Joined({w} []string) -> string
    <start> (all |the |){w} in one string, without anything between them.
    result := ""\nfor _, x := range {w} {\n\tresult += x\n}\nreturn result
"""
