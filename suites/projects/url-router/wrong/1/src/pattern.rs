//! Patterns of paths.

use std::cmp::Reverse;
use std::collections::HashSet;

/// What a capture fits; the narrower comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Kind {
    Int,
    Hex,
    Word,
    Any,
}

impl Kind {
    fn of(name: &str) -> Option<Kind> {
        Some(match name {
            "int" => Kind::Int,
            "hex" => Kind::Hex,
            "word" => Kind::Word,
            _ => return None,
        })
    }

    fn fits(self, text: &str) -> bool {
        !text.is_empty()
            && text.chars().all(|c| match self {
                Kind::Int => c.is_ascii_digit(),
                Kind::Hex => c.is_ascii_hexdigit(),
                Kind::Word => c.is_ascii_alphanumeric() || c == '_' || c == '-',
                Kind::Any => true,
            })
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Segment {
    Text(String),
    Capture { before: String, name: String, kind: Kind, after: String },
    Rest(String),
}

/// What patterns are ordered by; equal for patterns of the same shape.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    Text(String),
    Around(Reverse<(usize, usize)>, Kind, String, String),
    Alone(Kind),
    Rest,
}

/// A pattern such as `/users/{id:int}/photo.{format}`.
#[derive(Debug, Clone)]
pub struct Pattern {
    segments: Vec<Segment>,
}

impl Pattern {
    pub fn parse(text: &str) -> Result<Pattern, String> {
        Pattern::read(text).ok_or(format!("{text}: bad pattern"))
    }

    fn read(text: &str) -> Option<Pattern> {
        let segments: Vec<Segment> = text.strip_prefix('/')?.split('/').map(segment).collect::<Option<_>>()?;
        let (_, front) = segments.split_last()?;
        let ends_early = |segment: &Segment| matches!(segment, Segment::Rest(_)) || *segment == Segment::Text(String::new());
        let mut names = HashSet::new();
        let twice = segments.iter().filter_map(Segment::name).any(|name| !names.insert(name));
        (!front.iter().any(ends_early) && !twice).then(|| Pattern { segments: segments.clone() })
    }

    /// Whether another pattern may stand behind this one.
    pub fn is_prefix(&self) -> bool {
        !matches!(self.segments.last(), Some(Segment::Rest(_))) && self.segments.last() != Some(&Segment::Text(String::new()))
    }

    pub fn ranks(&self) -> Vec<Rank> {
        self.segments.iter().map(Segment::rank).collect()
    }

    /// The values of the captures, in order, if the segments fit.
    pub fn captures(&self, segments: &[String]) -> Option<Vec<(String, String)>> {
        let mut captures = vec![];
        for (at, own) in self.segments.iter().enumerate() {
            let given = segments.get(at)?;
            match own {
                Segment::Text(text) if text == given => {}
                Segment::Text(_) => return None,
                Segment::Capture { before, name, kind, after } => {
                    let value = given.strip_prefix(before.as_str())?.strip_suffix(after.as_str())?;
                    if !kind.fits(value) {
                        return None;
                    }
                    captures.push((name.clone(), value.to_string()));
                }
                Segment::Rest(name) => {
                    captures.push((name.clone(), segments[at..].join("/")));
                    return Some(captures);
                }
            }
        }
        (self.segments.len() == segments.len()).then_some(captures)
    }
}

impl Segment {
    fn name(&self) -> Option<&str> {
        match self {
            Segment::Text(_) => None,
            Segment::Capture { name, .. } | Segment::Rest(name) => Some(name),
        }
    }

    fn rank(&self) -> Rank {
        match self {
            Segment::Text(text) => Rank::Text(text.clone()),
            Segment::Rest(_) => Rank::Rest,
            Segment::Capture { before, kind, after, .. } if before.is_empty() && after.is_empty() => Rank::Alone(*kind),
            Segment::Capture { before, kind, after, .. } => {
                let (front, back) = (before.chars().count(), after.chars().count());
                Rank::Around(Reverse((front + back, front)), *kind, before.clone(), after.clone())
            }
        }
    }
}

fn segment(text: &str) -> Option<Segment> {
    let Some((before, behind)) = text.split_once('{') else {
        return (!text.contains('}')).then(|| Segment::Text(text.to_string()));
    };
    let (capture, after) = behind.split_once('}')?;
    if [before, capture, after].iter().any(|part| part.contains(['{', '}'])) {
        return None;
    }
    if let Some(name) = capture.strip_suffix('*') {
        return (before.is_empty() && after.is_empty() && is_name(name)).then(|| Segment::Rest(name.to_string()));
    }
    let (name, kind) = match capture.split_once(':') {
        Some((name, kind)) => (name, Kind::of(kind)?),
        None => (capture, Kind::Any),
    };
    is_name(name).then(|| Segment::Capture {
        before: before.to_string(),
        name: name.to_string(),
        kind,
        after: after.to_string(),
    })
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}
