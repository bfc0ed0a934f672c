use diff_patch::Patch;

fn there_and_back(patch: &str, text: &str) -> (Result<bool, String>, Vec<(usize, usize)>) {
    let patch = Patch::parse(patch).unwrap();
    let back = patch.apply(text).and_then(|patched| patch.undo().apply(&patched)).map(|back| back == text);
    (back, patch.undo().hunks.iter().map(|hunk| (hunk.old_start, hunk.new_start)).collect())
}

pub fn drive() {
    let text: String = (1..=12).map(|number| format!("l{number}\n")).collect();
    emit!(there_and_back("@@ -2,1 +2,7 @@\n-l2\n+a\n+b\n+c\n+d\n+e\n+f\n+g\n@@ -8,1 +14,1 @@\n-l8\n+eight\n", &text));
    emit!(there_and_back("@@ -1,7 +1,3 @@\n l1\n-l2\n-l3\n-l4\n-l5\n-l6\n+two\n l7\n@@ -10,1 +6,2 @@\n l10\n+ten\n", &text));
    let same = "a\nx\nx\nx\nx\nx\nx\nx\n";
    emit!(there_and_back("@@ -1,1 +1,3 @@\n-a\n+b\n+c\n+d\n@@ -5,1 +7,1 @@\n-x\n+y\n", same));
    emit!(there_and_back("@@ -3,1 +3,1 @@\n-l3\n+three\n", &text));
}
