//! The commands of the protocol.

use std::fmt;

const KEY_MAX: usize = 64;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    Get(Vec<String>),
    /// Data of so many bytes follow.
    Store { key: String, ttl: u64, bytes: u64, only_new: bool },
    Touch { key: String, ttl: u64 },
    Delete(String),
    Increment { key: String, by: u64 },
    Stats,
    Quit,
}

/// Why a line is no command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandError {
    Unknown,
    /// The arguments are wrong; `stores` where data would follow.
    Arguments { stores: bool },
}

impl fmt::Display for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            CommandError::Unknown => write!(f, "unknown command"),
            CommandError::Arguments { .. } => write!(f, "wrong arguments"),
        }
    }
}

impl Command {
    /// Reads a line without its line feed.
    pub fn parse(line: &[u8]) -> Result<Command, CommandError> {
        let text = String::from_utf8_lossy(line);
        let mut words = text.split(' ').filter(|word| !word.is_empty());
        let name = words.next().unwrap_or("");
        let words: Vec<&str> = words.collect();
        let stores = matches!(name, "set" | "add");
        let command = match (name, words.as_slice()) {
            ("get", [_, ..]) => words.iter().map(|word| key(word)).collect::<Option<_>>().map(Command::Get),
            ("set" | "add", [name_of, ttl, bytes]) => store(name_of, ttl, bytes, name == "add"),
            ("touch", [name, ttl]) => key(name).zip(number(ttl)).map(|(key, ttl)| Command::Touch { key, ttl }),
            ("delete", [name]) => key(name).map(Command::Delete),
            ("incr", [name, by]) => key(name).zip(number(by)).map(|(key, by)| Command::Increment { key, by }),
            ("stats", []) => Some(Command::Stats),
            ("quit", []) => Some(Command::Quit),
            ("get" | "set" | "add" | "touch" | "delete" | "incr" | "stats" | "quit", _) => None,
            _ => return Err(CommandError::Unknown),
        };
        command.ok_or(CommandError::Arguments { stores })
    }
}

fn store(name: &str, ttl: &str, bytes: &str, only_new: bool) -> Option<Command> {
    Some(Command::Store { key: key(name)?, ttl: number(ttl)?, bytes: number(bytes)?, only_new })
}

fn key(word: &str) -> Option<String> {
    let fits = word.len() <= KEY_MAX && word.bytes().all(|byte| byte.is_ascii_graphic());
    fits.then(|| word.to_string())
}

fn number(word: &str) -> Option<u64> {
    word.bytes().all(|byte| byte.is_ascii_digit()).then(|| word.parse().ok())?
}
