//! Patterns of paths.

/// A pattern such as `/users/{id:int}/photo.{format}`.
#[derive(Debug, Clone)]
pub struct Pattern {}

impl Pattern {
    pub fn parse(text: &str) -> Result<Pattern, String> {
        todo!()
    }

    /// The values of the captures, in order, if the segments fit.
    pub fn captures(&self, segments: &[String]) -> Option<Vec<(String, String)>> {
        todo!()
    }
}
