use std::collections::BTreeMap;

use crate::mail::{Mail, Wish};

/// The digest: threads, the one with the latest mail first, each with its mails by time. A mail belongs to the thread of the
/// mail that it answers, as long as that is there and comes before it in `mails`; otherwise it begins one. Mails from
/// before `since` are not shown, but threads go through them; mails of muted people are not shown, and threads that
/// they begin neither. Of a text there are the lines that are not quoted, cut into lines of `width`, at most `lines` of
/// them; then `…` tells that there are more.
pub fn digest(mails: &[Mail], wish: &Wish) -> String {
    let mut thread_of: BTreeMap<u32, u32> = BTreeMap::new();
    let mut threads: BTreeMap<u32, Vec<&Mail>> = BTreeMap::new();
    for mail in mails {
        let mut root = mail.id;
        if let Some(answers) = mail.answers {
            if let Some(known) = thread_of.get(&answers) {
                root = *known;
            }
        }
        thread_of.insert(mail.id, root);
        threads.entry(root).or_default().push(mail);
    }
    let mut shown: Vec<(u64, u32, String, Vec<&Mail>)> = Vec::new();
    for (root, members) in &threads {
        let first = members[0];
        if wish.muted.contains(&first.from) {
            continue;
        }
        let mut subject = first.subject.trim();
        loop {
            let lower = subject.to_lowercase();
            if lower.starts_with("re:") || lower.starts_with("aw:") {
                subject = subject[3..].trim_start();
            } else if lower.starts_with("fwd:") {
                subject = subject[4..].trim_start();
            } else {
                break;
            }
        }
        let subject = if subject.is_empty() { "(no subject)".to_string() } else { subject.to_string() };
        let mut kept: Vec<&Mail> = Vec::new();
        let mut latest = 0;
        for mail in members {
            if mail.time < wish.since {
                continue;
            }
            if wish.muted.contains(&mail.from) {
                continue;
            }
            if mail.time > latest {
                latest = mail.time;
            }
            kept.push(mail);
        }
        if kept.is_empty() {
            continue;
        }
        kept.sort_by(|a, b| a.time.cmp(&b.time).then_with(|| a.id.cmp(&b.id)));
        shown.push((latest, *root, subject, kept));
    }
    shown.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let mut out = String::new();
    let mut count = 0;
    for (_, _, _, kept) in &shown {
        count += kept.len();
    }
    if count == 0 {
        return "Nothing new.\n".to_string();
    }
    if count == 1 {
        out.push_str("1 mail");
    } else {
        out.push_str(&format!("{count} mails"));
    }
    if shown.len() == 1 {
        out.push_str(" in 1 thread\n");
    } else {
        out.push_str(&format!(" in {} threads\n", shown.len()));
    }
    for (_, root, subject, kept) in &shown {
        out.push_str(&format!("\n== {subject} ({})\n", kept.len()));
        for mail in kept {
            let days = mail.time / (24 * 60);
            let minutes = mail.time % (24 * 60);
            let clock = format!("{:02}:{:02}", minutes / 60, minutes % 60);
            if mail.id == *root {
                out.push_str(&format!("-- {}, day {days}, {clock}\n", mail.from));
            } else {
                out.push_str(&format!("-- {} answers, day {days}, {clock}\n", mail.from));
            }
            let mut lines: Vec<String> = Vec::new();
            for line in mail.text.lines() {
                let line = line.trim_end();
                if line.starts_with('>') {
                    continue;
                }
                if line == "--" {
                    break;
                }
                if line.is_empty() {
                    if let Some(last) = lines.last() {
                        if !last.is_empty() {
                            lines.push(String::new());
                        }
                    }
                    continue;
                }
                let mut current = String::new();
                for word in line.split_whitespace() {
                    if current.is_empty() {
                        current = word.to_string();
                    } else if current.chars().count() + 1 + word.chars().count() <= wish.width {
                        current.push(' ');
                        current.push_str(word);
                    } else {
                        lines.push(current);
                        current = word.to_string();
                    }
                }
                if !current.is_empty() {
                    lines.push(current);
                }
            }
            while let Some(last) = lines.last() {
                if last.is_empty() {
                    lines.pop();
                } else {
                    break;
                }
            }
            if lines.len() > wish.lines {
                lines.truncate(wish.lines);
                lines.push("…".to_string());
            }
            for line in &lines {
                out.push_str(line);
                out.push('\n');
            }
        }
    }
    out
}
