use std::collections::VecDeque;

#[derive(Debug, Clone)]
pub struct Log {
    lines: VecDeque<(u64, String)>,
    capacity: usize,
    used: usize,
    next: u64,
}

impl Log {
    pub fn new(capacity: usize) -> Log {
        Log { lines: VecDeque::new(), capacity: capacity.max(16), used: 0, next: 1 }
    }

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

    pub fn tail(&self, count: usize) -> Vec<&str> {
        let skipped = self.lines.len().saturating_sub(count);
        self.lines.iter().skip(skipped).map(|(_, line)| line.as_str()).collect()
    }

    pub fn since(&self, number: u64) -> (u64, Vec<(u64, &str)>) {
        let first = self.next - self.lines.len() as u64;
        let missed = first.saturating_sub(number.saturating_add(1));
        (missed, self.lines.iter().filter(|(at, _)| *at > number).map(|(at, line)| (*at, line.as_str())).collect())
    }

    pub fn used(&self) -> usize {
        self.used
    }

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
