//! Formulas as tokens.

/// A part of a formula.
#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    Number(f64),
    Name(String),
    Text(String),
    Sign(&'static str),
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Sign,
    Number,
    Open,
    Escape,
}

/// What is wrong, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Error {
    pub at: usize,
    pub kind: Kind,
}

type Read = Result<(usize, Token), Error>;

/// The tokens of a formula with their positions.
pub fn tokens(text: &str) -> Result<Vec<(usize, Token)>, Error> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b' ' | b'\t' | b'\n' | b'\r' => at += 1,
            b';' => at += bytes[at..].iter().take_while(|&&byte| byte != b'\n').count(),
            _ => {
                let (end, token) = token(text, at)?;
                found.push((at, token));
                at = end;
            }
        }
    }
    Ok(found)
}

fn token(text: &str, at: usize) -> Read {
    match text.as_bytes()[at] {
        b'0'..=b'9' => number(text, at),
        b'"' => quoted(text, at),
        byte if is_name(byte) => {
            let end = name_end(text.as_bytes(), at);
            Ok((end, Token::Name(text[at..end].to_string())))
        }
        _ => sign(text, at),
    }
}

fn number(text: &str, at: usize) -> Read {
    let bytes = text.as_bytes();
    let digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let mut end = at;
    while digit(bytes.get(end)) {
        end += 1;
    }
    if bytes.get(end) == Some(&b'.') && digit(bytes.get(end + 1)) {
        end += 1;
        while digit(bytes.get(end)) {
            end += 1;
        }
    }
    match bytes.get(end) {
        Some(&byte) if is_name(byte) || byte == b'.' => Err(Error { at: end, kind: Kind::Number }),
        _ => Ok((end, Token::Number(text[at..end].parse().unwrap_or(f64::INFINITY)))),
    }
}

fn is_name(byte: u8) -> bool {
    byte == b'_' || byte.is_ascii_alphanumeric()
}

fn name_end(bytes: &[u8], at: usize) -> usize {
    let length = bytes[at..].iter().take_while(|&&byte| is_name(byte)).count();
    at + length
}

fn quoted(text: &str, at: usize) -> Read {
    let bytes = text.as_bytes();
    let mut held = Vec::new();
    let mut end = at + 1;
    loop {
        match bytes.get(end) {
            None | Some(b'\n') => return Err(Error { at, kind: Kind::Open }),
            Some(b'"') => {
                let text = String::from_utf8_lossy(&held).into_owned();
                return Ok((end + 1, Token::Text(text)));
            }
            Some(b'\\') => match bytes.get(end + 1) {
                Some(b'"' | b'\\') => {
                    held.push(bytes[end + 1]);
                    end += 2;
                }
                _ => return Err(Error { at: end, kind: Kind::Escape }),
            },
            Some(&byte) => {
                held.push(byte);
                end += 1;
            }
        }
    }
}

fn sign(text: &str, at: usize) -> Read {
    const SIGNS: [&str; 14] = ["<=", ">=", "==", "!=", "+", "-", "*", "/", "(", ")", ",", "<", ">", "="];
    let rest = &text.as_bytes()[at..];
    let sign = SIGNS.into_iter().find(|sign| rest.starts_with(sign.as_bytes()));
    let sign = sign.ok_or(Error { at, kind: Kind::Sign })?;
    Ok((at + sign.len(), Token::Sign(sign)))
}
