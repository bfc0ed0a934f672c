//! CRC-32, the one of zip files.

const TABLE: [u32; 256] = table();

const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut value = byte as u32;
        let mut bit = 0;
        while bit < 8 {
            value = if value & 1 == 1 { value >> 1 ^ 0xedb8_8320 } else { value >> 1 };
            bit += 1;
        }
        table[byte] = value;
        byte += 1;
    }
    table
}

/// A checksum of bytes that come one after another.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum(u32);

impl Sum {
    pub fn of(bytes: &[u8]) -> u32 {
        let mut sum = Sum::default();
        sum.add(bytes);
        sum.value()
    }

    pub fn add(&mut self, bytes: &[u8]) {
        self.0 = !bytes.iter().fold(!self.0, |sum, byte| TABLE[usize::from(sum as u8 ^ byte)] ^ sum >> 8);
    }

    pub fn value(self) -> u32 {
        self.0
    }
}
