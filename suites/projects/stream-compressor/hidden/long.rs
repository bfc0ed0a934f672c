use stream_compressor::decoder::{Decoder, Event};
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

fn encode(size: usize, data: &[u8]) -> Vec<u8> {
    let mut out = vec![];
    let mut encoder = Encoder::new(size);
    encoder.push(data, &mut out);
    encoder.finish(&mut out);
    out
}

fn decode(bytes: &[u8]) -> Vec<Event> {
    let mut events = vec![];
    let mut decoder = Decoder::new();
    bytes.chunks(1000).for_each(|piece| decoder.push(piece, &mut events));
    decoder.finish(&mut events);
    events
}

pub fn drive() {
    let mut random = Random(99);
    let data: Vec<u8> = (0..12).flat_map(|kind| random.bytes(kind % 6, 5_000)).collect();
    let out = encode(3000, &data);
    emit!(out.len());
    let events = decode(&out);
    let read: Vec<u8> = events.iter().flat_map(|event| if let Event::Data(data) = event { data.clone() } else { vec![] }).collect();
    emit!((read == data, events.len(), events.last() == Some(&Event::End(true))));
    // Damage of all kinds: what is read must be parts of the data, and the events must say what is missing.
    let (mut foreign, mut silent) = (0, 0);
    let (mut counts, mut sum) = ([0; 5], 0xcbf29ce484222325);
    for round in 0..20 {
        let mut bytes = encode(500, &data[round * 2500..round * 2500 + 10_000]);
        for _ in 0..1 + random.below(4) {
            let at = random.below(bytes.len());
            let end = bytes.len().min(at + 1 + random.below(900));
            match random.below(4) {
                0 => bytes[at] ^= 1 << random.below(8),
                1 => drop(bytes.drain(at..end)),
                2 => drop(bytes.splice(at..at, random.bytes(0, 50))),
                _ => {
                    let again = bytes[at..end].to_vec();
                    drop(bytes.splice(end..end, again));
                }
            }
        }
        let events = decode(&bytes);
        let mut troubles = 0;
        for event in &events {
            let (kind, value) = match event {
                Event::Data(part) => {
                    let start = round * 2500;
                    foreign += usize::from(!data[start..start + 10_000].chunks(500).any(|frame| frame == part));
                    (0, part.len() as u64)
                }
                Event::Skipped(bytes) => (1, *bytes),
                Event::Lost(frames) => (2, u64::from(*frames)),
                Event::Stale(number) => (3, u64::from(*number)),
                Event::End(complete) => (4, u64::from(*complete)),
            };
            troubles += usize::from(kind == 1 || kind == 2);
            counts[kind] += 1;
            sum = digest(sum, &[kind as u8]);
            sum = digest(sum, &value.to_le_bytes());
        }
        silent += usize::from(troubles == 0);
    }
    emit!((foreign, silent));
    emit!(counts);
    emit!(sum);
}
