use diff_patch::Patch;

fn apply(patch: &str, text: &str) -> Result<String, String> {
    Patch::parse(patch)?.apply(&text.replace(" ", "\n")).map(|text| text.trim_end().replace("\n", " "))
}

fn lines(count: usize) -> Vec<String> {
    (1..=count).map(|number| format!("l{number}")).collect()
}

pub fn drive() {
    let patch = "@@ -5,1 +5,1 @@\n-l5\n+FIVE\n@@ -15,1 +15,1 @@\n-l15\n+FIFTEEN\n@@ -25,1 +25,1 @@\n-l25\n+TWENTY-FIVE\n";
    let mut text = lines(26);
    text.insert(20, "n6".into());
    text.splice(10..10, ["n4".into(), "n5".into()]);
    text.splice(0..0, ["n1".into(), "n2".into(), "n3".into()]);
    emit!(apply(patch, &text.join(" ")));
    let mut text = lines(26);
    text.drain(16..18);
    text.drain(6..9);
    text.remove(0);
    emit!(apply(patch, &text.join(" ")));
    let same = "@@ -2,1 +2,1 @@\n-a\n+A\n@@ -4,1 +4,1 @@\n-b\n+B\n@@ -8,1 +8,1 @@\n-x\n+X\n";
    emit!(apply(same, "n a x n b x x x x x x x"));
    emit!(apply(same, "n n a x n b x x x x x x x"));
    emit!(apply(same, "a b x x x x x x x x"));
}
