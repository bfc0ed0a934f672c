use route_file::{Point, Route};

pub fn drive() {
    let mut seed: u64 = 3;
    let mut dice = |limit: u64| {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (seed >> 33) % limit
    };
    for holes in [0, 10, 3, 1] {
        let mut shown = vec![];
        for count in 0..12 {
            let point = |at: i32, height: u64, hole: bool| Point {
                north: at,
                east: 0,
                height: (!hole).then_some(height as i32 - 5),
                rest: at as u32,
            };
            let points = (0..count).map(|at| point(at, dice(12), holes > 0 && dice(holes) == 0)).collect();
            let route = Route { name: "r".into(), points };
            shown.push((route.climb(), route.highest().map(|point| (point.north, point.height)), route.rests()));
        }
        emit!(shown);
    }
}
