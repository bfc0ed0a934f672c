use diff_patch::Patch;

fn apply(patch: &str, text: &str) -> Result<String, String> {
    Patch::parse(patch)?.apply(&text.replace(" ", "\n")).map(|text| text.trim_end().replace("\n", " "))
}

pub fn drive() {
    emit!(apply("@@ -1,0 +2,1 @@\n+x\n", "a b c"));
    emit!(apply("@@ -3,0 +4,2 @@\n+x\n+y\n", "a b c"));
    emit!(apply("@@ -0,0 +1,1 @@\n+x\n", "a b c"));
    emit!(apply("@@ -1,0 +2,1 @@\n+x\n@@ -2,0 +4,1 @@\n+y\n", "a b c"));
    emit!(apply("@@ -1,1 +1,1 @@\n-a\n+A\n@@ -2,0 +3,1 @@\n+x\n", "a b c"));
    emit!(apply("@@ -1,1 +1,1 @@\n-a\n+A\n@@ -2,0 +3,1 @@\n+x\n", "new a b c"));
    emit!(apply("@@ -1,1 +1,2 @@\n a\n+x\n", "a a a"));
}
