use time_sheet::{to_csv, Entry, Sheet};

fn entry(day: u32, from: u32, to: u32, what: &str, billed: bool) -> Entry {
    Entry { day, from, to, what: what.to_string(), billed }
}

pub fn drive() {
    let mut sheet = Sheet { person: "Bo <b> & | Co".to_string(), entries: vec![] };
    emit!(to_csv(&sheet, false));
    sheet.entries = vec![
        entry(1, 0, 1, "a <tag> & more", true),
        entry(1, 600, 600, "nothing", true),
        entry(2, 605, 665, "say \"hi\"", false),
        entry(2, 1439, 0, "one | two, three", true),
        entry(2, 60, 59, "> 23 hours", true),
        entry(1, 480, 1000, "&amp;", true),
    ];
    emit!(to_csv(&sheet, false));
    emit!(to_csv(&sheet, true));
    sheet.entries.retain(|entry| !entry.billed);
    emit!(to_csv(&sheet, true));
}
