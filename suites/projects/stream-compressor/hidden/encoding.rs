use stream_compressor::encoder::Encoder;

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

/// What comes of data that are pushed in pieces, and the most that was kept.
fn encode(size: usize, data: &[u8], piece: usize) -> (Vec<u8>, usize) {
    let mut out = vec![];
    let mut encoder = Encoder::new(size);
    let mut most = 0;
    for piece in data.chunks(piece) {
        encoder.push(piece, &mut out);
        most = most.max(encoder.held());
    }
    encoder.finish(&mut out);
    (out, most)
}

pub fn drive() {
    emit!(encode(5, b"", 1).0);
    let (out, _) = encode(5, b"aaaaabcde", 9);
    emit!(&out[..24]);
    emit!(&out[24..47]);
    emit!(&out[47..]);
    let mut out = vec![];
    let mut encoder = Encoder::new(100);
    encoder.flush(&mut out);
    encoder.push(b"", &mut out);
    emit!(out.len());
    encoder.push(b"ab", &mut out);
    emit!((out.len(), encoder.held()));
    encoder.flush(&mut out);
    encoder.flush(&mut out);
    emit!((out.len(), encoder.held(), out[5], out[17]));
    encoder.push(b"c", &mut out);
    encoder.finish(&mut out);
    emit!((out.len(), out[21 + 5], out[21 + 20 + 4], out[21 + 20 + 5], out[21 + 20 + 15]));
    let mut random = Random(5);
    for (size, kind) in [(1, 1), (7, 3), (1000, 4), (4096, 5), (32768, 2)] {
        let data = random.bytes(kind, if size < 100 { 400 } else { size + 300 });
        let (whole, _) = encode(size, &data, data.len());
        let pieces = [1, 3, 1000].map(|piece| encode(size, &data, piece));
        emit!((whole.len(), digest(0xcbf29ce484222325, &whole)));
        emit!((pieces.iter().all(|(out, _)| *out == whole), pieces.iter().all(|(_, most)| *most < size)));
    }
}
