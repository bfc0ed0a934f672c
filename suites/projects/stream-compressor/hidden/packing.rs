use stream_compressor::packing::pack;

struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % n
    }

    /// Bytes of one of six kinds, from noise to what repeats itself.
    fn bytes(&mut self, kind: usize, length: usize) -> Vec<u8> {
        let mut bytes: Vec<u8> = vec![];
        while bytes.len() < length {
            match kind {
                0 => bytes.push(self.below(256) as u8),
                1 => bytes.push(b'a' + self.below(2) as u8),
                2 => bytes.extend(vec![self.below(3) as u8; 1 + self.below(400)]),
                3 => bytes.extend(format!("{} item-{} costs {}\n", bytes.len() % 7, self.below(40), self.below(1000)).bytes()),
                4 if bytes.len() > 50 && self.below(3) > 0 => {
                    let start = bytes.len() - 1 - self.below(bytes.len().min(5000) - 1);
                    let end = bytes.len().min(start + 3 + self.below(200));
                    bytes.extend_from_within(start..end);
                }
                _ => bytes.extend([self.below(9) as u8, self.below(7) as u8, 0]),
            }
        }
        bytes.truncate(length);
        bytes
    }
}

fn digest(digest: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(digest, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x100000001b3))
}

pub fn drive() {
    emit!(pack(b""));
    emit!(pack(b"abcdabc"));
    emit!(pack(b"abcdabcd"));
    emit!(pack(b"zzzz"));
    emit!(pack(b"zzzzz"));
    emit!(pack(b"abcde-abcdx-abcde"));
    emit!(pack(b"wxyz1wxyz2wxyz"));
    emit!(pack(&[7; 300]));
    let digits: Vec<u8> = (0..=255).collect();
    emit!(pack(&digits[..129]).len());
    emit!(pack(&digits)[128..132].to_vec());
    let far = |distance: usize| {
        let mut data = b"once".to_vec();
        data.extend((4..distance).map(|at| if at % 2 == 0 { (at / 512) as u8 } else { (at / 2) as u8 }));
        data.extend(b"once");
        pack(&data)[pack(&data).len() - 5..].to_vec()
    };
    emit!([far(4096), far(4097)]);
    let mut random = Random(11);
    for kind in 0..6 {
        let (mut length, mut sum) = (0, 0xcbf29ce484222325);
        for size in [9000, 1, 500, 4200] {
            let payload = pack(&random.bytes(kind, size));
            length += payload.len();
            sum = digest(sum, &payload);
        }
        emit!((length, sum));
    }
}
