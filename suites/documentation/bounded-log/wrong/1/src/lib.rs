//! The last lines of a log, within a number of bytes.

use std::collections::VecDeque;

/// The last lines that were written, as many as fit into a capacity. Each line costs its bytes and one more, for its line
/// feed.
#[derive(Debug, Clone)]
pub struct Log {
    lines: VecDeque<(u64, String)>,
    capacity: usize,
    used: usize,
    next: u64,
}

impl Log {
    /// An empty log for so many bytes. A capacity of less than 16 is taken as 16.
    pub fn new(capacity: usize) -> Log {
        Log { lines: VecDeque::new(), capacity: capacity.max(16), used: 0, next: 1 }
    }

    /// Writes a line and returns its number; the first one is 1, and numbers are never given again. The oldest lines go,
    /// as many as are needed. A text of several lines is one line, with blanks for its line feeds. A line that is longer
    /// than the log has its beginning cut off, at a character's border, and `…` in its place.
    ///
    /// ```
    /// let mut log = bounded_log::Log::new(16);
    /// log.write("a line that is far too long");
    /// assert_eq!(log.tail(1), ["…far too long"]);
    /// ```
    pub fn write(&mut self, text: &str) -> u64 {
        let text = self.fitted(text.trim_end().replace('\n', " "));
        self.used += text.len() + 1;
        while self.used > self.capacity {
            if let Some((_, oldest)) = self.lines.pop_front() {
                self.used -= oldest.len() + 1;
            }
        }
        self.lines.push_back((self.next, text));
        self.next += 1;
        self.next - 1
    }

    /// The last so many lines, or all there are, the oldest first.
    pub fn tail(&self, count: usize) -> Vec<&str> {
        let skipped = self.lines.len().saturating_sub(count);
        self.lines.iter().skip(skipped).map(|(_, line)| line.as_str()).collect()
    }

    /// The lines behind a number, with theirs, and how many of those are gone already: for readers that come again
    /// with the last number that they have seen, 0 at first.
    pub fn since(&self, number: u64) -> (u64, Vec<(u64, &str)>) {
        let first = self.next - self.lines.len() as u64;
        let missed = first.saturating_sub(number.saturating_add(1));
        (missed, self.lines.iter().filter(|(at, _)| *at > number).map(|(at, line)| (*at, line.as_str())).collect())
    }

    /// The bytes that the lines cost.
    pub fn used(&self) -> usize {
        self.used
    }

    /// Forgets all lines; numbers go on.
    pub fn clear(&mut self) {
        self.lines.clear();
        self.used = 0;
    }

    fn fitted(&self, text: String) -> String {
        if text.len() < self.capacity {
            return text;
        }
        let mut start = text.len() + "…".len() + 1 - self.capacity;
        while !text.is_char_boundary(start) {
            start += 1;
        }
        format!("…{}", &text[start..])
    }
}
