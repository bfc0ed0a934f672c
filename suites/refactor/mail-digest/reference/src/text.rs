//! The texts of mails, made shorter.

use crate::mail::Wish;

/// What is shown of a text: at most so many lines, and `…` if there are more.
pub(crate) fn shortened(text: &str, wish: &Wish) -> Vec<String> {
    let mut lines = wrapped(text, wish.width);
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    if lines.len() > wish.lines {
        lines.truncate(wish.lines);
        lines.push("…".to_string());
    }
    lines
}

/// The lines of a text that are not quoted, up to the signature. Of empty lines one is left, and none at the beginning.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let own = text.lines().map(str::trim_end).filter(|line| !line.starts_with('>'));
    for line in own.take_while(|line| *line != "--") {
        if !line.is_empty() {
            wrap(line, width, &mut lines);
        } else if lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(String::new());
        }
    }
    lines
}

fn wrap(line: &str, width: usize, lines: &mut Vec<String>) {
    let mut words = line.split_whitespace();
    let mut current = words.next().unwrap_or_default().to_string();
    for word in words {
        if current.chars().count() + 1 + word.chars().count() <= width {
            current.push(' ');
        } else {
            lines.push(std::mem::take(&mut current));
        }
        current.push_str(word);
    }
    lines.push(current);
}

/// A subject without what answers and forwarded mails have before it.
pub(crate) fn bare_subject(subject: &str) -> &str {
    let mut subject = subject.trim();
    while let Some(rest) = without_prefix(subject) {
        subject = rest.trim_start();
    }
    if subject.is_empty() { "(no subject)" } else { subject }
}

fn without_prefix(subject: &str) -> Option<&str> {
    let lower = subject.to_lowercase();
    let prefix = ["re:", "aw:", "fwd:"].into_iter().find(|prefix| lower.starts_with(prefix))?;
    Some(&subject[prefix.len()..])
}
