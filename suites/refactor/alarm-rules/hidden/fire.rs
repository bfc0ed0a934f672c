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
    let values = [-5, 0, 20, 21, 40, 41, 80, 81, 500];
    for (hour, closed) in [(12, false), (12, true), (21, false), (22, false), (5, false), (6, false)] {
        emit!(decisions(Kind::Smoke, &values, hour, closed));
    }
    let values = [0, 30, 31, 60, 61, 120, 121];
    for (hour, closed) in [(12, false), (12, true), (21, false), (23, false), (0, false), (6, false)] {
        emit!(decisions(Kind::Heat, &values, hour, closed));
    }
}
