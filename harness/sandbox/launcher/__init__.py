"""The process that starts sandboxed commands, one at a time, and watches over them.

It is a program of its own (``launcher.py`` starts it), because starting a process from the harness itself
goes wrong in four ways: a fork of a program that holds a model costs milliseconds and reports the model's
memory as the sample's, a fork among threads may deadlock, "die with parent" means "die with the *thread*",
and only a small process of its own may change its user and its mounts.

Its modules use the standard library and each other. Nothing else of harness is there when they run.
"""
