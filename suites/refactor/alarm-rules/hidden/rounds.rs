use alarm_rules::{round, Kind, Reading, Site};

pub fn drive() {
    let reading = |kind, room: &str, value| Reading { kind, room: room.into(), value, battery: 50 };
    let readings = vec![
        reading(Kind::Door, "hall", 10),
        reading(Kind::Water, "cellar", 1),
        reading(Kind::Smoke, "hall", 45),
        reading(Kind::Smoke, "hall", 60),
        reading(Kind::Water, "cellar", 7),
        reading(Kind::Heat, "attic", 61),
        reading(Kind::Heat, "attic", 100),
        Reading { battery: 1, ..reading(Kind::Smoke, "shed", 500) },
    ];
    for (guard, works) in [(None, vec![]), (None, vec!["hall".to_string()]), (Some("Gil".to_string()), vec!["hall".to_string()])] {
        let site = Site { guard, owner: "Ola".into(), works, closed: false };
        for hour in [3, 12] {
            emit!(round(&site, &readings, hour).iter().map(|action| format!("{action:?}")).collect::<Vec<_>>());
        }
    }
    let site = Site { guard: None, owner: "Ola".into(), works: vec![], closed: false };
    emit!(round(&site, &[], 3).len());
}
