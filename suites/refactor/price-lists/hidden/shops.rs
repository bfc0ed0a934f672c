use price_lists::{for_shops, Plant};

/// So many plants, some of the same name, price or code.
fn plants(count: u64, seed: u64) -> Vec<Plant> {
    let mut seed = seed;
    let mut dice = |limit: u64| {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (seed >> 33) % limit
    };
    let names = ["Thyme", "Basil", "Sage", "Café au lait", "A plant with a long name", "", "basil", "Éclair"];
    let mut plant = || Plant {
        name: names[dice(8) as usize].to_string(),
        price: [0, 1, 107, 119, 118, 99, 12_345, 1_234_567][dice(8) as usize],
        count: [0, 1, 4, 5, 9, 10, 19, 4_000_000][dice(8) as usize],
        code: [0, 7, 12, 999_999, 1_000_000, 5, 6, 8][dice(8) as usize],
    };
    (0..count).map(|_| plant()).collect()
}

pub fn drive() {
    for (count, seed) in [(0, 1), (1, 1), (3, 2), (8, 3), (20, 4), (40, 5)] {
        let plants = plants(count, seed);
        emit!(for_shops(&plants, false).split('\n').map(str::to_string).collect::<Vec<_>>());
        emit!(for_shops(&plants, true).strip_prefix(&for_shops(&plants, false)));
    }
}
