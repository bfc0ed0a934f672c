use alarm_rules::{decide, Kind, Reading, Site};

pub fn drive() {
    let site = Site { guard: Some("Gil".into()), owner: "Ola".into(), works: vec!["cellar".into()], closed: false };
    let reading = |kind, value| Reading { kind, room: "cellar".into(), value, battery: 90 };
    emit!(format!("{:?}", decide(&site, &reading(Kind::Smoke, 50), 12)));
    emit!(format!("{:?}", decide(&site, &reading(Kind::Heat, 70), 23)));
    emit!(format!("{:?}", decide(&site, &reading(Kind::Door, 301), 12)));
}
