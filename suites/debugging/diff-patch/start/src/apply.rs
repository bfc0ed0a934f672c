use crate::patch::{Hunk, Patch};

/// How many lines away from its place a hunk is looked for.
const FAR: usize = 3;

impl Patch {
    /// The text after the patch. Every hunk is looked for at its place, as far away from it as the hunk before it
    /// was from its own, and from there at the nearest of the lines up to three lines away, of two as near the
    /// earlier one.
    pub fn apply(&self, text: &str) -> Result<String, String> {
        let lines: Vec<&str> = text.lines().collect();
        let mut patched: Vec<&str> = Vec::new();
        let mut done = 0;
        let mut shift = 0;
        for (at, hunk) in self.hunks.iter().enumerate() {
            let place = usize::try_from(hunk.place() as isize + shift).unwrap_or(0);
            let old = hunk.old();
            let start = nearest(place)
                .filter(|start| *start >= done)
                .find(|start| lines[(*start).min(lines.len())..].starts_with(&old))
                .ok_or(format!("hunk {} does not fit", at + 1))?;
            shift = start as isize - place as isize;
            patched.extend(&lines[done..start]);
            patched.extend(hunk.new());
            done = start + old.len();
        }
        patched.extend(&lines[done..]);
        Ok(patched.iter().map(|line| format!("{line}\n")).collect())
    }
}

impl Hunk {
    /// How many lines stand before the hunk in the text that it was made for.
    fn place(&self) -> usize {
        self.old_start.saturating_sub(1)
    }
}

/// Lines by their distance from one.
fn nearest(place: usize) -> impl Iterator<Item = usize> {
    (0..=FAR).flat_map(move |far| [place.checked_sub(far), Some(place + far)]).flatten()
}
