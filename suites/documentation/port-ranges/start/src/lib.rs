#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ports {
    ranges: Vec<(u16, u16)>,
}

impl Ports {
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

    pub fn contains(&self, port: u16) -> bool {
        let at = self.ranges.partition_point(|range| range.1 < port);
        self.ranges.get(at).is_some_and(|range| range.0 <= port)
    }

    pub fn union(&self, other: &Ports) -> Ports {
        Ports { ranges: merged([self.ranges.as_slice(), &other.ranges].concat()) }
    }

    /// How many ranges there are.
    pub fn len(&self) -> usize {
        self.ranges.iter().map(|(first, last)| usize::from(last - first) + 1).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

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
            Some(before) if first <= before.1.saturating_add(1) => before.1 = before.1.max(last),
            _ => merged.push((first, last)),
        }
    }
    merged
}
