//! Text in lines.

/// The lines of a text of which none has more than `max` characters.
pub fn wrap(text: &str, max: usize) -> Vec<String> {
    todo!()
}
