use crate::sheet::{Entry, Sheet};

/// What is written of an entry, before a format escapes it.
struct Row {
    day: String,
    from: String,
    to: String,
    hours: String,
    what: String,
}

/// `day,from,to,hours,what`; a text with a comma or a quotation mark is quoted.
pub fn to_csv(sheet: &Sheet, only_billed: bool) -> String {
    let (rows, total) = rows(sheet, only_billed);
    let mut out = String::from("day,from,to,hours,what\n");
    for Row { day, from, to, hours, what } in rows {
        let what = quoted(what);
        out.push_str(&format!("{day},{from},{to},{hours},{what}\n"));
    }
    out + &format!(",,,{total},\n")
}

/// A table below the person's name; `|` in texts is written `\|`.
pub fn to_markdown(sheet: &Sheet, only_billed: bool) -> String {
    let (rows, total) = rows(sheet, only_billed);
    let mut out = format!("## {}\n\n| day | from | to | hours | what |\n|---|---|---|---|---|\n", sheet.person);
    for row in rows {
        let what = row.what.replace('|', "\\|");
        out.push_str(&format!("| {} | {} | {} | {} | {what} |\n", row.day, row.from, row.to, row.hours));
    }
    out + &format!("| | | | **{total}** | |\n")
}

/// A table with the person as its caption; `&`, `<` and `>` are escaped, also in the name.
pub fn to_html(sheet: &Sheet, only_billed: bool) -> String {
    let (rows, total) = rows(sheet, only_billed);
    let mut out = format!("<table>\n<caption>{}</caption>\n", escaped(&sheet.person));
    for row in rows {
        let cells = [row.day, row.from, row.to, row.hours, escaped(&row.what)];
        let cells: String = cells.iter().map(|cell| format!("<td>{cell}</td>")).collect();
        out.push_str(&format!("<tr>{cells}</tr>\n"));
    }
    out + &format!("<tr><td colspan=\"3\"></td><td>{total}</td><td></td></tr>\n</table>\n")
}

/// The rows of a sheet, and the hours of all of them. A day stands only in its first row.
fn rows(sheet: &Sheet, only_billed: bool) -> (Vec<Row>, String) {
    let (mut rows, mut total, mut last_day) = (Vec::new(), 0, 0);
    for entry in sheet.entries.iter().filter(|entry| entry.billed || !only_billed) {
        let minutes = minutes(entry);
        if minutes == 0 {
            continue;
        }
        total += minutes;
        rows.push(Row {
            day: if entry.day == last_day { String::new() } else { entry.day.to_string() },
            from: clock(entry.from),
            to: clock(entry.to),
            hours: hours(minutes),
            what: entry.what.clone(),
        });
        last_day = entry.day;
    }
    (rows, hours(total))
}

/// How long an entry is; one that ends before it begins goes on past midnight.
fn minutes(entry: &Entry) -> u32 {
    if entry.to >= entry.from {
        entry.to - entry.from
    } else {
        entry.to + 24 * 60 - entry.from
    }
}

fn clock(minutes: u32) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

fn hours(minutes: u32) -> String {
    format!("{}.{:02}", minutes / 60, minutes % 60 * 100 / 60)
}

fn quoted(text: String) -> String {
    if text.contains([',', '"']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
