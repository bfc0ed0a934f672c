#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    Open(usize),
    Behind(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    pub separator: char,
    pub trim: bool,
}

impl Default for Dialect {
    fn default() -> Dialect {
        Dialect { separator: ';', trim: false }
    }
}

impl Dialect {
    /// The values of a line; the empty line has no values.
    pub fn read(&self, line: &str) -> Result<Vec<String>, Problem> {
        let letters: Vec<char> = line.chars().collect();
        let mut values = Vec::new();
        let mut at = 0;
        loop {
            let (value, end) = match letters.get(at) {
                Some('"') => self.quoted(&letters, at)?,
                _ => self.plain(&letters, at),
            };
            values.push(value);
            if end >= letters.len() {
                return Ok(values);
            }
            at = end + 1;
        }
    }

    pub fn write(&self, values: &[&str]) -> String {
        let must = |value: &str| value.contains([self.separator, '"', '\n']) || self.trim && value.trim() != value;
        let written = values.iter().map(|value| match must(value) {
            true => format!("\"{}\"", value.replace('"', "\"\"")),
            false => value.to_string(),
        });
        written.collect::<Vec<_>>().join(&self.separator.to_string())
    }

    fn plain(&self, letters: &[char], start: usize) -> (String, usize) {
        let length = letters[start..].iter().position(|letter| *letter == self.separator);
        let end = length.map_or(letters.len(), |length| start + length);
        let value: String = letters[start..end].iter().collect();
        (if self.trim { value.trim().to_string() } else { value }, end)
    }

    fn quoted(&self, letters: &[char], start: usize) -> Result<(String, usize), Problem> {
        let mut value = String::new();
        let mut at = start + 1;
        loop {
            match (letters.get(at), letters.get(at + 1)) {
                (None, _) => return Err(Problem::Open(start + 1)),
                (Some('"'), Some('"')) => at += 1,
                (Some('"'), None) => return Ok((value, at + 1)),
                (Some('"'), Some(next)) if *next == self.separator => return Ok((value, at + 1)),
                (Some('"'), Some(_)) => return Err(Problem::Behind(at + 2)),
                _ => {}
            }
            value.push(letters[at]);
            at += 1;
        }
    }
}
