//! Names in several ways of writing.

/// A way of writing names of several words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Snake,
    Kebab,
    Camel,
    Pascal,
}

/// The words of a name, in lower case.
pub fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let signs: Vec<char> = name.chars().collect();
    for (at, &sign) in signs.iter().enumerate() {
        match sign {
            '_' | '-' | ' ' => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
            }
            _ => {
                let previous = at.checked_sub(1).map(|before| signs[before]);
                let next = signs.get(at + 1);
                let begins = sign.is_ascii_uppercase()
                    && previous.is_some_and(|p| {
                        p.is_ascii_lowercase() || p.is_ascii_digit()
                            || p.is_ascii_uppercase() && next.is_some_and(|n| n.is_ascii_lowercase())
                    });
                if begins && !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                word.push(sign.to_ascii_lowercase());
            }
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// `two_words`
pub fn snake(name: &str) -> String {
    words(name).join("_")
}

/// `two-words`
pub fn kebab(name: &str) -> String {
    words(name).join("-")
}

/// `TwoWords`
pub fn pascal(name: &str) -> String {
    words(name).iter().map(|word| capital(word)).collect()
}

/// `twoWords`
pub fn camel(name: &str) -> String {
    let words = words(name);
    let parts = words.iter().enumerate();
    parts.map(|(at, word)| if at == 0 { word.clone() } else { capital(word) }).collect()
}

/// How a name is written.
pub fn style(name: &str) -> Option<Style> {
    if name.is_empty() {
        return None;
    }
    if snake(name) == name {
        Some(Style::Snake)
    } else if kebab(name) == name {
        Some(Style::Kebab)
    } else if camel(name) == name {
        Some(Style::Camel)
    } else if pascal(name) == name {
        Some(Style::Pascal)
    } else {
        None
    }
}

fn capital(word: &str) -> String {
    let mut signs = word.chars();
    let first = signs.next().map(|sign| sign.to_ascii_uppercase());
    first.into_iter().chain(signs).collect()
}
