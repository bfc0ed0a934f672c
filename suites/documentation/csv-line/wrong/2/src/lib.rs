//! Lines of comma-separated values, read and written.

/// Why a line cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// A quotation mark is never closed; the column (from 1, in characters) of the mark that opens.
    Open(usize),
    /// Something stands between a closing quotation mark and the next separator; its column.
    Behind(usize),
}

/// How values are separated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// The character between two values.
    pub separator: char,
    /// Whether blanks around values that are not quoted are dropped.
    pub trim: bool,
}

impl Default for Dialect {
    /// A semicolon as the separator, and blanks are kept.
    fn default() -> Dialect {
        Dialect { separator: ';', trim: false }
    }
}

impl Dialect {
    /// The values of a line. A value that begins with `"` is quoted: it may have separators, and `""` in it is one
    /// quotation mark. Marks elsewhere are characters like all others. The empty line has one empty value.
    ///
    /// ```
    /// use csv_line::Dialect;
    ///
    /// let values = Dialect::default().read(r#"a;"b;""c""";5" screen"#).unwrap();
    /// assert_eq!(values, ["a", "b;\"c\"", "5\" screen"]);
    /// ```
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

    /// A line with these values. Values are quoted only where they must be: if they have the separator, a quotation mark
    /// or a line feed, and those with blanks at an end if the dialect trims.
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
