use crate::sheet::Sheet;

/// `day,from,to,hours,what`; a text with a comma or a quotation mark is quoted.
pub fn to_csv(sheet: &Sheet, only_billed: bool) -> String {
    let mut out = String::from("day,from,to,hours,what\n");
    let mut total = 0;
    let mut last_day = 0;
    for entry in &sheet.entries {
        if only_billed && !entry.billed {
            continue;
        }
        let minutes = if entry.to >= entry.from {
            entry.to - entry.from
        } else {
            entry.to + 24 * 60 - entry.from
        };
        if minutes == 0 {
            continue;
        }
        total += minutes;
        let day = if entry.day == last_day {
            String::new()
        } else {
            entry.day.to_string()
        };
        last_day = entry.day;
        let from = format!("{}:{:02}", entry.from / 60, entry.from % 60);
        let to = format!("{}:{:02}", entry.to / 60, entry.to % 60);
        let hours = format!("{}.{:02}", minutes / 60, minutes % 60 * 100 / 60);
        let what = if entry.what.contains(',') || entry.what.contains('"') {
            format!("\"{}\"", entry.what.replace('"', "\"\""))
        } else {
            entry.what.clone()
        };
        out.push_str(&format!("{day},{from},{to},{hours},{what}\n"));
    }
    let hours = format!("{}.{:02}", total / 60, total % 60 * 100 / 60);
    out.push_str(&format!(",,,{hours},\n"));
    out
}

/// A table below the person's name; `|` in texts is written `\|`.
pub fn to_markdown(sheet: &Sheet, only_billed: bool) -> String {
    let mut out = format!("## {}\n\n| day | from | to | hours | what |\n|---|---|---|---|---|\n", sheet.person);
    let mut total = 0;
    let mut last_day = 0;
    for entry in &sheet.entries {
        if only_billed && !entry.billed {
            continue;
        }
        let minutes = if entry.to >= entry.from {
            entry.to - entry.from
        } else {
            entry.to + 24 * 60 - entry.from
        };
        if minutes == 0 {
            continue;
        }
        total += minutes;
        let day = if entry.day == last_day {
            String::new()
        } else {
            entry.day.to_string()
        };
        last_day = entry.day;
        let from = format!("{}:{:02}", entry.from / 60, entry.from % 60);
        let to = format!("{}:{:02}", entry.to / 60, entry.to % 60);
        let hours = format!("{}.{:02}", minutes / 60, minutes % 60 * 100 / 60);
        let what = entry.what.replace('|', "\\|");
        out.push_str(&format!("| {day} | {from} | {to} | {hours} | {what} |\n"));
    }
    let hours = format!("{}.{:02}", total / 60, total % 60 * 100 / 60);
    out.push_str(&format!("| | | | **{hours}** | |\n"));
    out
}

/// A table with the person as its caption; `&`, `<` and `>` are escaped, also in the name.
pub fn to_html(sheet: &Sheet, only_billed: bool) -> String {
    let person = sheet.person.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let mut out = format!("<table>\n<caption>{person}</caption>\n");
    let mut total = 0;
    let mut last_day = 0;
    for entry in &sheet.entries {
        if only_billed && !entry.billed {
            continue;
        }
        let minutes = if entry.to >= entry.from {
            entry.to - entry.from
        } else {
            entry.to + 24 * 60 - entry.from
        };
        if minutes == 0 {
            continue;
        }
        total += minutes;
        let day = if entry.day == last_day {
            String::new()
        } else {
            entry.day.to_string()
        };
        last_day = entry.day;
        let from = format!("{}:{:02}", entry.from / 60, entry.from % 60);
        let to = format!("{}:{:02}", entry.to / 60, entry.to % 60);
        let hours = format!("{}.{:02}", minutes / 60, minutes % 60 * 100 / 60);
        let what = entry.what.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        out.push_str(&format!(
            "<tr><td>{day}</td><td>{from}</td><td>{to}</td><td>{hours}</td><td>{what}</td></tr>\n"
        ));
    }
    let hours = format!("{}.{:02}", total / 60, total % 60 * 100 / 60);
    out.push_str(&format!("<tr><td colspan=\"3\"></td><td>{hours}</td><td></td></tr>\n</table>\n"));
    out
}
