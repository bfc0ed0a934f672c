use alarm_rules::{decide, Kind, Reading, Site};

/// The decisions about a kind of sensor, for all these values, with and without works and a guard, by hour.
fn decisions(kind: Kind, values: &[i32], hour: u32, closed: bool) -> Vec<String> {
    let mut decisions = vec![];
    for guard in [None, Some("Gil".to_string())] {
        for works in [vec![], vec!["attic".to_string(), "hall".to_string()]] {
            let site = Site { guard: guard.clone(), owner: "Ola".into(), works, closed };
            for value in values {
                let reading = Reading { kind, room: "hall".into(), value: *value, battery: 6 };
                decisions.push(format!("{:?}", decide(&site, &reading, hour)));
            }
        }
    }
    decisions
}

pub fn drive() {
    for hour in [12, 23] {
        emit!(decisions(Kind::Water, &[-1, 0, 1, 9], hour, false));
    }
    for (hour, closed) in [(12, false), (12, true), (22, false), (5, false), (6, false)] {
        emit!(decisions(Kind::Door, &[-1, 0, 1, 300, 301], hour, closed));
    }
    let site = Site { guard: None, owner: "Ola".into(), works: vec![], closed: true };
    for battery in [0, 5, 6] {
        let reading = Reading { kind: Kind::Water, room: "well".into(), value: 3, battery };
        emit!(format!("{:?}", decide(&site, &reading, 3)));
    }
}
