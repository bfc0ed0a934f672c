use std::collections::BTreeMap;

use crate::ranking::{ranking, Place};

/// A poll about options. Everybody has one vote: the last one counts.
#[derive(Debug, Clone)]
pub struct Poll {
    options: Vec<String>,
    /// The number of the option that somebody votes for.
    votes: BTreeMap<String, usize>,
}

impl Poll {
    pub fn new(options: &[&str]) -> Poll {
        Poll { options: options.iter().map(|option| option.to_string()).collect(), votes: BTreeMap::new() }
    }

    /// Somebody votes; names are the same without regard to capitals and white space around them. `false` if
    /// there is no such option; the earlier vote stays then.
    pub fn vote(&mut self, name: &str, option: &str) -> bool {
        let Some(option) = self.options.iter().position(|other| other == option.trim()) else { return false };
        self.votes.entry(name.trim().to_lowercase()).or_insert(option);
        true
    }

    /// Takes votes from lines like `name: option`; the lines that are none.
    pub fn read(&mut self, text: &str) -> Vec<String> {
        let mut refused = Vec::new();
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            match line.split_once(':') {
                Some((name, option)) if !name.trim().is_empty() && self.vote(name, option) => {}
                _ => refused.push(line.to_string()),
            }
        }
        refused
    }

    /// How many have voted.
    pub fn voters(&self) -> usize {
        self.votes.len()
    }

    /// The options by their votes; see `ranking`.
    pub fn result(&self) -> Vec<Place> {
        let mut counts: Vec<(String, u32)> = self.options.iter().map(|option| (option.clone(), 0)).collect();
        for option in self.votes.values() {
            counts[*option].1 += 1;
        }
        ranking(counts)
    }
}
