from differ import apply_patch, split_lines

emit(split_lines("a\r\n\n b\x0c\u2028c"))
emit([split_lines(""), split_lines("\n"), split_lines("a\n")])
emit(apply_patch("a\nb\nc", "--- x\n+++ y\n@@ -2,2 +2 @@\n-b\n-c\n\\ No newline at end of file\n+b\n"))
emit(apply_patch("a\nb\n", "--- x\n+++ y\n@@ -0,0 +1 @@\n+new\n@@ -2 +2,0 @@\n-b\n"))
emit(apply_patch("", "--- x\n+++ y\n@@ -0,0 +1,2 @@\n+a\n+b\n\\ No newline at end of file\n"))
for patch in ("@@ -1 +1 @@\n-b\n+c\n", "@@ -2,0 +4 @@\n+c\n"):
    try:
        apply_patch("a\nb\n", "--- x\n+++ y\n" + patch)
    except ValueError as error:
        emit(str(error))
