//! Sets of ports, written as `22,80,8000-8010`.

/// A set of ports from 1 to 65535. It is kept as ranges in ascending order that neither overlap nor touch.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ports {
    ranges: Vec<(u16, u16)>,
}

impl Ports {
    /// Reads ports and ranges with commas between them, in any order. Both ends of a range belong to it. Blanks around
    /// ports are ignored, the empty text is the empty set.
    ///
    /// The error is the first part that is none: a port that is 0 or above 65535, an empty part, a range that ends before
    /// it begins.
    ///
    /// ```
    /// use port_ranges::Ports;
    ///
    /// assert_eq!(Ports::parse("80, 90-85"), Err("90-85".to_string()));
    /// ```
    pub fn parse(text: &str) -> Result<Ports, String> {
        let mut ranges = Vec::new();
        for part in text.split(',').map(str::trim).filter(|_| !text.trim().is_empty()) {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            match (port(first), port(last)) {
                (Some(first), Some(last)) if first <= last => ranges.push((first, last)),
                _ => return Err(part.to_string()),
            }
        }
        Ok(Ports { ranges: merged(ranges) })
    }

    /// Whether a port is in the set; it takes time that grows with the logarithm of the number of ranges.
    pub fn contains(&self, port: u16) -> bool {
        let at = self.ranges.partition_point(|range| range.1 < port);
        self.ranges.get(at).is_some_and(|range| range.0 <= port)
    }

    /// The ports of both sets.
    pub fn union(&self, other: &Ports) -> Ports {
        Ports { ranges: merged([self.ranges.as_slice(), &other.ranges].concat()) }
    }

    /// How many ports there are, not how many ranges.
    pub fn len(&self) -> usize {
        self.ranges.iter().map(|(first, last)| usize::from(last - first) + 1).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// The set as text, with as few parts as possible.
    pub fn text(&self) -> String {
        let parts = self.ranges.iter().map(|(first, last)| match last - first {
            0 => first.to_string(),
            _ => format!("{first}-{last}"),
        });
        parts.collect::<Vec<_>>().join(",")
    }
}

fn port(text: &str) -> Option<u16> {
    text.trim().parse().ok().filter(|port| *port > 0)
}

fn merged(mut ranges: Vec<(u16, u16)>) -> Vec<(u16, u16)> {
    ranges.sort_unstable();
    let mut merged: Vec<(u16, u16)> = Vec::new();
    for (first, last) in ranges {
        match merged.last_mut() {
            Some(before) if first <= before.1 => before.1 = before.1.max(last),
            _ => merged.push((first, last)),
        }
    }
    merged
}
