use time_sheet::{to_csv, to_markdown, Entry, Sheet};

pub fn drive() {
    let entry = |day, from, to, what: &str| Entry { day, from, to, what: what.into(), billed: true };
    let entries = vec![entry(3, 540, 630, "plan"), entry(3, 1380, 60, "move, at night")];
    let sheet = Sheet { person: "Ada".into(), entries };
    emit!(to_csv(&sheet, false).lines().collect::<Vec<_>>());
    emit!(to_markdown(&sheet, true).lines().collect::<Vec<_>>());
}
