//! The parts of a formula.

use crate::amount::Amount;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    Number(Amount),
    Name(String),
    Symbol(char),
}

/// The tokens of a formula, each with its column.
pub fn tokens(text: &str) -> Result<Vec<(Token, usize)>, String> {
    let letters: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let first = letters[at];
        let is_part = |letter: &char| match first {
            '0'..='9' => letter.is_ascii_digit() || *letter == '.',
            _ => letter.is_alphanumeric() || *letter == '_',
        };
        let part: String = letters[at..].iter().copied().take_while(is_part).collect();
        let token = match first {
            ' ' | '\t' => None,
            '0'..='9' => Some(Token::Number(part.parse().map_err(|error| format!("{error} at {}", at + 1))?)),
            '+' | '-' | '*' | '/' | '(' | ')' | ',' => Some(Token::Symbol(first)),
            _ if first.is_alphabetic() || first == '_' => Some(Token::Name(part.clone())),
            _ => return Err(format!("unexpected {first} at {}", at + 1)),
        };
        tokens.extend(token.map(|token| (token, at + 1)));
        at += part.chars().count().max(1);
    }
    Ok(tokens)
}
