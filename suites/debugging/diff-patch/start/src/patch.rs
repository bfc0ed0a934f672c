/// A line of a hunk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    Same(String),
    Old(String),
    New(String),
}

/// A place that changes: where it begins in the old and in the new text, and its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hunk {
    /// The number of the first line, from 1; of a side without lines that of the line before it.
    pub old_start: usize,
    pub new_start: usize,
    pub lines: Vec<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patch {
    pub hunks: Vec<Hunk>,
}

impl Hunk {
    /// The lines before the change.
    pub fn old(&self) -> Vec<&str> {
        let old = |line| match line {
            &Line::Same(ref text) | &Line::Old(ref text) => Some(text.as_str()),
            Line::New(_) => None,
        };
        self.lines.iter().filter_map(old).collect()
    }

    /// The lines after it.
    pub fn new(&self) -> Vec<&str> {
        let new = |line| match line {
            &Line::Same(ref text) | &Line::New(ref text) => Some(text.as_str()),
            Line::Old(_) => None,
        };
        self.lines.iter().filter_map(new).collect()
    }
}

impl Patch {
    /// Reads a patch: hunks that begin with `@@ -OLD,COUNT +NEW,COUNT @@` and have lines with ` `, `-` or `+` before
    /// them. What stands before the first hunk is passed over. The counts must be right.
    pub fn parse(text: &str) -> Result<Patch, String> {
        let mut hunks: Vec<(Hunk, (usize, usize))> = Vec::new();
        for (at, line) in text.lines().enumerate() {
            let wrong = || format!("line {}: {line}", at + 1);
            if line.starts_with("@@ ") {
                hunks.push(head(line).ok_or_else(wrong)?);
            } else if let Some((hunk, _)) = hunks.last_mut() {
                let rest = line.get(1..).unwrap_or("").to_string();
                hunk.lines.push(match line.chars().next() {
                    Some(' ') => Line::Same(rest),
                    Some('-') => Line::Old(rest),
                    Some('+') => Line::New(rest),
                    _ => return Err(wrong()),
                });
            }
        }
        for (at, (hunk, counts)) in hunks.iter().enumerate() {
            if (hunk.old().len(), hunk.new().len()) != *counts {
                return Err(format!("hunk {} is not complete", at + 1));
            }
        }
        Ok(Patch { hunks: hunks.into_iter().map(|(hunk, _)| hunk).collect() })
    }

    /// The patch that undoes this one.
    pub fn undo(&self) -> Patch {
        let turned = |line: &Line| match line {
            Line::Same(text) => Line::Same(text.clone()),
            Line::Old(text) => Line::New(text.clone()),
            Line::New(text) => Line::Old(text.clone()),
        };
        let hunks = self.hunks.iter().map(|hunk| Hunk {
            old_start: hunk.old_start,
            new_start: hunk.new_start,
            lines: hunk.lines.iter().map(turned).collect(),
        });
        Patch { hunks: hunks.collect() }
    }
}

/// The head of a hunk, and how many old and new lines it must have.
fn head(line: &str) -> Option<(Hunk, (usize, usize))> {
    let inner = line.strip_prefix("@@ -")?.strip_suffix(" @@")?;
    let (old, new) = inner.split_once(" +")?;
    let (old_start, old_count) = range(old)?;
    let (new_start, new_count) = range(new)?;
    Some((Hunk { old_start, new_start, lines: Vec::new() }, (old_count, new_count)))
}

fn range(text: &str) -> Option<(usize, usize)> {
    let (start, count) = text.split_once(',')?;
    Some((start.parse().ok()?, count.parse().ok()?))
}
