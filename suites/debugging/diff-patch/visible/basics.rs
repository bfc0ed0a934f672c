use diff_patch::Patch;

fn apply(patch: &str, text: &str) -> Result<String, String> {
    Patch::parse(patch)?.apply(&text.replace(" ", "\n")).map(|text| text.trim_end().replace("\n", " "))
}

pub fn drive() {
    emit!(apply("--- a\n+++ b\n@@ -2,2 +2,2 @@\n two\n-three\n+THREE\n", "one two three four"));
    emit!(apply("@@ -1,1 +1,1 @@\n-five\n+FIVE\n", "one two three four"));
    emit!(apply("@@ -1,0 +2,1 @@\n+new\n", "one two three four"));
}
