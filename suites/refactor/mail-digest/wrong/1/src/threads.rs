//! Mails that belong together.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::mail::{Mail, Wish};

/// What is shown of a thread, by time; never empty.
pub(crate) struct Thread<'a> {
    pub(crate) root: u32,
    pub(crate) subject: &'a str,
    pub(crate) mails: Vec<&'a Mail>,
}

/// The threads that are shown, the one with the latest mail first.
pub(crate) fn threads<'a>(mails: &'a [Mail], wish: &Wish) -> Vec<Thread<'a>> {
    let grouped = grouped(mails.iter().filter(|mail| mail.time >= wish.since));
    let mut threads: Vec<Thread> = grouped.into_iter().filter_map(|(root, mails)| thread(root, mails, wish)).collect();
    threads.sort_by_key(|thread| (Reverse(thread.mails.last().map(|mail| mail.time)), thread.root));
    threads
}

/// All mails by the first mail of their thread.
fn grouped<'a>(mails: impl Iterator<Item = &'a Mail>) -> BTreeMap<u32, Vec<&'a Mail>> {
    let mut roots: BTreeMap<u32, u32> = BTreeMap::new();
    let mut threads: BTreeMap<u32, Vec<&Mail>> = BTreeMap::new();
    for mail in mails {
        let root = mail.answers.and_then(|answers| roots.get(&answers).copied()).unwrap_or(mail.id);
        roots.insert(mail.id, root);
        threads.entry(root).or_default().push(mail);
    }
    threads
}

fn thread<'a>(root: u32, mut mails: Vec<&'a Mail>, wish: &Wish) -> Option<Thread<'a>> {
    let first = *mails.first()?;
    if wish.muted.contains(&first.from) {
        return None;
    }
    mails.retain(|mail| mail.time >= wish.since && !wish.muted.contains(&mail.from));
    mails.sort_by_key(|mail| (mail.time, mail.id));
    (!mails.is_empty()).then_some(Thread { root, subject: &first.subject, mails })
}
