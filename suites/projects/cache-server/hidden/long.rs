use cache_server::Cache;

struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) % limit
    }
}

fn digest(sum: u64, text: &str) -> u64 {
    text.bytes().chain([b'\n']).fold(sum, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

pub fn drive() {
    let mut cache = Cache::new(150_000);
    let mut dice = Dice(7);
    let (mut now, mut sum) = (0, 0xcbf2_9ce4_8422_2325);
    for step in 1..=21_000 {
        now += u64::from(dice.below(20) == 0);
        let spread = 1 + dice.below(20_000);
        let key = format!("k{}", dice.below(spread));
        let ttl = if dice.below(3) == 0 { 1 + dice.below(400) } else { 0 };
        let size = dice.below(60) as usize;
        let answer = match dice.below(10) {
            0..=2 => format!("{:?}", cache.set(&key, &vec![b'0' + (step % 10) as u8; size], ttl, now)),
            3 => format!("{:?}", cache.add(&key, &vec![b'5'; size / 5], ttl, now)),
            4..=6 => format!("{:?}", cache.get(&key, now).map(|value| value.len())),
            7 => format!("{}", cache.touch(&key, ttl, now)),
            8 => format!("{:?}", cache.increment(&key, 7, now).ok()),
            _ => format!("{}", cache.delete(&key, now)),
        };
        sum = digest(sum, &answer);
        if step % 7_000 == 0 {
            let stats = cache.stats(now);
            emit!((stats.entries, stats.bytes, stats.hits, stats.misses, stats.evicted, stats.expired));
            emit!(format!("{sum:016x}"));
        }
    }
    let mut cache = Cache::new(1_500_000);
    for number in 0..30_000_u64 {
        cache.set(&format!("{number}"), b"0123456789", 0, number);
    }
    for number in 0..12_000_u64 {
        cache.get(&format!("{}", number * 7919 % 30_000), 30_000);
        cache.set(&format!("n{number}"), b"0123456789", 0, 30_000);
    }
    let stats = cache.stats(100_000);
    emit!((stats.entries, stats.bytes, stats.hits, stats.misses, stats.evicted));
}
