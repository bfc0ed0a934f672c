//! Values of spans of numbers.

/// Values by number, kept as spans.
#[derive(Clone)]
pub struct SpanMap<V> {
    spans: Vec<(u32, u32, V)>,
}

impl<V: Clone + PartialEq> SpanMap<V> {
    /// A map without values.
    pub fn new() -> Self {
        SpanMap { spans: Vec::new() }
    }

    /// Gives numbers a value.
    pub fn set(&mut self, from: u32, to: u32, value: V) {
        if from >= to {
            return;
        }
        self.cut(from, to);
        self.spans.push((from, to, value));
        self.spans.sort_by_key(|span| span.0);
        self.join();
    }

    /// Takes values away.
    pub fn clear(&mut self, from: u32, to: u32) {
        if from < to {
            self.cut(from, to);
        }
    }

    /// The value of a number.
    pub fn get(&self, n: u32) -> Option<&V> {
        let span = self.spans.iter().find(|(first, last, _)| *first <= n && n < *last);
        span.map(|(_, _, value)| value)
    }

    /// All spans with their values.
    pub fn spans(&self) -> Vec<(u32, u32, V)> {
        self.spans.clone()
    }

    /// How many numbers have a value.
    pub fn covered(&self) -> u32 {
        self.spans.iter().map(|(first, last, _)| last - first).sum()
    }

    /// Spans without a value.
    pub fn gaps(&self, from: u32, to: u32) -> Vec<(u32, u32)> {
        let mut gaps = Vec::new();
        let mut at = from;
        for &(first, last, _) in &self.spans {
            if at < first.min(to) {
                gaps.push((at, first.min(to)));
            }
            at = at.max(last);
        }
        if at < to {
            gaps.push((at, to));
        }
        gaps
    }

    /// Leaves of every span what lies outside.
    fn cut(&mut self, from: u32, to: u32) {
        let mut left = Vec::new();
        for (first, last, value) in &self.spans {
            if *first < from {
                left.push((*first, from.min(*last), value.clone()));
            }
            if to < *last {
                left.push((to.max(*first), *last, value.clone()));
            }
        }
        self.spans = left;
    }

    fn join(&mut self) {
        let mut joined: Vec<(u32, u32, V)> = Vec::new();
        for span in self.spans.drain(..) {
            match joined.last_mut() {
                Some(previous) if previous.1 == span.0 && previous.2 == span.2 => previous.1 = span.1,
                _ => joined.push(span),
            }
        }
        self.spans = joined;
    }
}
