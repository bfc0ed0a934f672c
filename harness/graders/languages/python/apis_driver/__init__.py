"""What runs inside the sandbox: looks for what code uses of the standard library, without running the code.

Only what is certain counts. A name stands for a module, class or function if nothing but imports binds it in
its file; for an instance if its function binds it once, by an annotation, a literal or a call of the class.
What is looked for with ``hasattr`` or within ``try … except AttributeError`` is left alone.

The modules here use the standard library and each other; nothing else of harness is there when they run.
"""
