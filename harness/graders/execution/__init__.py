"""What the graders that run code share: cases, the wire, extraction, verdicts, their cache.

Only inputs enter the sandbox. The program prints one line a case, ``<index> <json>``,
and everything that decides lies outside: ``cases`` reads the task's options, ``wire``
compares what came out with what must come out, ``judge`` makes the verdict of it.
"""
