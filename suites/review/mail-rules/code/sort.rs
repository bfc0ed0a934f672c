use std::collections::{BTreeMap, HashMap};

use crate::parse::{Rule, Sign};

pub type Mail = HashMap<String, String>;

pub fn fits(rule: &Rule, mail: &Mail) -> bool {
    rule.conditions.iter().all(|condition| {
        let Some(text) = mail.get(&condition.field) else {
            return false;
        };
        let (text, value) = (text.to_lowercase(), condition.value.to_lowercase());
        match condition.sign {
            Sign::Equals => text == value,
            Sign::Holds => text.contains(&value),
        }
    })
}

pub fn folder<'a>(rules: &'a [Rule], mail: &Mail) -> &'a str {
    rules.iter().find(|rule| fits(rule, mail)).map_or("inbox", |rule| &rule.folder)
}

pub fn sorted(rules: &[Rule], mails: &[Mail]) -> BTreeMap<String, Vec<usize>> {
    let mut folders: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (number, mail) in mails.iter().enumerate() {
        folders.entry(folder(rules, mail).to_string()).or_default().push(number);
    }
    folders
}
