use log_store::disk::Disk;
use log_store::store::{Op, Store};
use log_store::sum;
use std::collections::BTreeMap;

struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) % n
    }
}

/// A life with losses of power, beside a map that has none. How often they differ, and a digest.
fn live(seed: u64, steps: u32, room: usize) -> (u32, u32, u32) {
    let mut random = Random(seed);
    let mut expected: BTreeMap<Vec<u8>, Vec<u8>> = BTreeMap::new();
    let Ok((mut store, _)) = Store::open(Disk::new(room)) else { panic!("refused") };
    let (mut wrong, mut full) = (0, 0);
    for step in 0..steps {
        let mut ops = vec![];
        for _ in 0..1 + random.below(4) {
            let key = format!("key{}", random.below(40)).into_bytes();
            if random.below(3) == 0 {
                ops.push(Op::Delete(key));
            } else {
                ops.push(Op::Put(key, vec![step as u8; random.below(30) as usize]));
            }
        }
        match store.apply(&ops) {
            Ok(()) => {
                for op in ops {
                    match op {
                        Op::Put(key, value) => expected.insert(key, value),
                        Op::Delete(key) => expected.remove(&key),
                    };
                }
            }
            Err(_) => {
                full += 1;
                let _ = store.compact();
            }
        }
        if random.below(20) == 0 {
            let disk = store.into_disk();
            let before = disk.bytes().len();
            let Ok((again, cut)) = Store::open(disk.crash(random.below(9) as usize)) else { panic!("refused") };
            store = again;
            wrong += u32::from(cut != 0 || store.disk().bytes().len() != before);
        }
        let all: Vec<_> = expected.iter().map(|(key, value)| (key.clone(), value.clone())).collect();
        wrong += u32::from(store.range(b"", b"") != all);
    }
    (wrong, u32::from(full > 0), sum::of(&expected.values().flatten().copied().collect::<Vec<u8>>()) % 2)
}

pub fn drive() {
    emit!(live(1, 2000, 1 << 24).0);
    let (wrong, full, _) = live(2, 2000, 3000);
    emit!((wrong, full));
    let Ok((mut store, _)) = Store::open(Disk::new(1 << 26)) else { panic!("refused") };
    for i in 0..60000u32 {
        let _ = store.put(&i.to_be_bytes(), &i.to_le_bytes());
    }
    for i in (0..60000u32).step_by(2) {
        let _ = store.delete(&i.to_be_bytes());
    }
    emit!(store.compact());
    let Ok((store, _)) = Store::open(store.into_disk()) else { panic!("refused") };
    emit!((store.range(b"", b"").len(), store.get(&59999u32.to_be_bytes()), store.get(&2u32.to_be_bytes())));
}
