use diff_patch::Patch;

fn apply(patch: &str, text: &str) -> Result<String, String> {
    Patch::parse(patch)?.apply(&text.replace(" ", "\n")).map(|text| text.trim_end().replace("\n", " "))
}

pub fn drive() {
    let patch = "--- a\n+++ b\n@@ -2,2 +2,2 @@\n two\n-three\n+THREE\n";
    emit!(apply(patch, "one two three four five"));
    emit!(apply(patch, "x y one two three four five"));
    emit!(apply(patch, "two three two three"));
    emit!(apply(patch, "w x y z one two three four"));
    emit!(apply("@@ -2,1 +2,1 @@\n-x\n+y\n", "x a x"));
    emit!(apply("@@ -1,1 +1,2 @@\n a\n+x\n", "a a a"));
    emit!(apply("@@ -1,1 +1,1 @@\n-a\n+b\n@@ -2,1 +2,1 @@\n-a\n+c\n", "a a"));
    emit!(apply("@@ -2,1 +2,0 @@\n-two\n@@ -4,1 +3,2 @@\n four\n+new\n", "one two three four five"));
    emit!(apply("", "one two"));
    emit!(apply("@@ -1,2 +1,2 @@\n one\n-two\n+end\n", "one"));
    for patch in ["@@ -1,1 +1,1 @@\n a\n b\n", "@@ -1 +1 @@\n a\n", "@@ -1,1 +1,1 @@\n*a\n", "@@ -1,1 +1,1 @@\n\n", "@@ -1,0 +1,1 @@\n"] {
        emit!(Patch::parse(patch).map(|patch| patch.hunks.len()));
    }
    let patch = Patch::parse("@@ -7,2 +9,1 @@\n same\n-gone\n").unwrap();
    emit!((patch.hunks[0].old_start, patch.hunks[0].new_start, patch.hunks[0].old().len(), patch.hunks[0].new().len()));
    emit!(patch.undo().undo() == patch);
    let turned = Patch::parse("@@ -2,2 +2,2 @@\n two\n-three\n+THREE\n").unwrap().undo();
    emit!(turned.apply("one\ntwo\nTHREE\n"));
}
