const START: u8 = 0x7e;

/// Reads frames out of bytes that come in pieces.
pub struct Reader {
    longest: usize,
    kept: Vec<u8>,
    skipped: usize,
}

impl Reader {
    pub fn new(longest: usize) -> Self {
        Reader { longest, kept: Vec::new(), skipped: 0 }
    }

    pub fn skipped(&self) -> usize {
        self.skipped
    }

    pub fn kept(&self) -> usize {
        self.kept.len()
    }

    pub fn push(&mut self, bytes: &[u8]) -> Vec<Vec<u8>> {
        self.kept.extend_from_slice(bytes);
        let mut payloads = Vec::new();
        loop {
            let before = self.kept.iter().take_while(|&&byte| byte != START).count();
            self.skip(before);
            if self.kept.len() < 3 {
                return payloads;
            }
            let length = usize::from(self.kept[1]) << 8 | usize::from(self.kept[2]);
            if length > self.longest {
                self.skip(1);
                continue;
            }
            // start, length, payload, checksum
            let end = 3 + length;
            if self.kept.len() <= end {
                return payloads;
            }
            let payload = self.kept[3..end].to_vec();
            if self.kept[end] == checksum(&payload) {
                self.kept.drain(..=end);
                payloads.push(payload);
            } else {
                self.skip(1);
            }
        }
    }

    fn skip(&mut self, count: usize) {
        self.kept.drain(..count);
        self.skipped += count;
    }
}

fn checksum(payload: &[u8]) -> u8 {
    // addition modulo 256
    payload.iter().fold(0u8, |sum, &byte| sum.wrapping_add(byte))
}
