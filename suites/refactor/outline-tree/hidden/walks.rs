use outline_tree::{Id, Outline};

pub fn drive() {
    let mut seed: u64 = 13;
    let mut dice = |limit: u64| {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (seed >> 33) % limit
    };
    let mut outline = Outline::new();
    let mut sum = 0xcbf2_9ce4_8422_2325_u64;
    for step in 1..=1500_u32 {
        let most = 1 + u64::from(step) / 3;
        let above = (dice(4) > 0).then(|| Id(dice(most) as u32));
        let id = Id(dice(most) as u32);
        let answer = match dice(10) {
            0..=4 => format!("{:?}", outline.add(above, &format!("t{step}"))),
            5..=7 => format!("{:?}", outline.move_to(id, above, dice(4) as usize)),
            8 if dice(8) == 0 => format!("{:?}", outline.remove(id)),
            8 => format!("{:?}", outline.dissolve(id)),
            _ => format!("{:?}", outline.number(id)),
        };
        sum = answer.bytes().fold(sum, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
        if step % 300 == 0 {
            let text = outline.text();
            sum = text.bytes().fold(sum, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
            emit!((outline.len(), text.lines().last().map(str::to_string), format!("{sum:016x}")));
        }
    }
}
