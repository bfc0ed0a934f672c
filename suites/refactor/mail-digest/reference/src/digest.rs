use crate::mail::{Mail, Wish};
use crate::text::{bare_subject, shortened};
use crate::threads::{threads, Thread};

/// The digest: threads, the one with the latest mail first, each with its mails by time. A mail belongs to the thread of the
/// mail that it answers, as long as that is there and comes before it in `mails`; otherwise it begins one. Mails from
/// before `since` are not shown, but threads go through them; mails of muted people are not shown, and threads that
/// they begin neither. Of a text there are the lines that are not quoted, cut into lines of `width`, at most `lines` of
/// them; then `…` tells that there are more.
pub fn digest(mails: &[Mail], wish: &Wish) -> String {
    let threads = threads(mails, wish);
    if threads.is_empty() {
        return "Nothing new.\n".to_string();
    }
    let count = threads.iter().map(|thread| thread.mails.len()).sum();
    let head = format!("{} in {}\n", counted(count, "mail"), counted(threads.len(), "thread"));
    head + &threads.iter().map(|thread| shown(thread, wish)).collect::<String>()
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn shown(thread: &Thread, wish: &Wish) -> String {
    let mut out = format!("\n== {} ({})\n", bare_subject(thread.subject), thread.mails.len());
    for mail in &thread.mails {
        out.push_str(&sender(mail, thread.root));
        for line in shortened(&mail.text, wish) {
            out.push_str(&line);
            out.push('\n');
        }
    }
    out
}

fn sender(mail: &Mail, root: u32) -> String {
    let answers = if mail.id == root { "" } else { " answers" };
    let (days, minutes) = (mail.time / (24 * 60), mail.time % (24 * 60));
    format!("-- {}{answers}, day {days}, {:02}:{:02}\n", mail.from, minutes / 60, minutes % 60)
}
