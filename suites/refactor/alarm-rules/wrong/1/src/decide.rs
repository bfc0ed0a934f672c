use crate::model::{Action, Kind, Reading, Site};

const LOW_BATTERY: u8 = 5;
const LONG_OPEN: i32 = 300;

/// What is to be done about a reading at an hour of the day.
pub fn decide(site: &Site, reading: &Reading, hour: u32) -> Action {
    if reading.battery <= LOW_BATTERY {
        return Action::Note(format!("battery of {}", reading.room));
    }
    let is_empty = hour >= 22 || hour < 6 || site.closed;
    match reading.kind {
        Kind::Smoke => smoke(site, reading, is_empty),
        Kind::Heat => fire(site, reading, 60, is_empty),
        Kind::Water => water(site, reading),
        Kind::Door => door(site, reading, is_empty),
    }
}

fn smoke(site: &Site, reading: &Reading, is_empty: bool) -> Action {
    let limit = 40;
    if reading.value <= limit / 2 || !site.works.contains(&reading.room) {
        fire(site, reading, limit, is_empty)
    } else if reading.value > 2 * limit {
        Action::Evacuate(format!("smoke in {} in spite of works", reading.room))
    } else {
        Action::Note(format!("dust in {}", reading.room))
    }
}

fn fire(site: &Site, reading: &Reading, limit: i32, is_empty: bool) -> Action {
    if reading.value <= limit / 2 {
        return Action::Nothing;
    }
    if reading.value <= limit {
        return Action::Note(format!("{} in {}", reading.value, reading.room));
    }
    let what = format!("fire in {}", reading.room);
    match &site.guard {
        Some(guard) if is_empty => Action::Call(guard.clone(), what),
        _ => Action::Evacuate(what),
    }
}

fn water(site: &Site, reading: &Reading) -> Action {
    if reading.value <= 0 {
        return Action::Nothing;
    }
    let who = site.guard.as_ref().unwrap_or(&site.owner);
    Action::Call(who.clone(), format!("water in {}", reading.room))
}

fn door(site: &Site, reading: &Reading, is_empty: bool) -> Action {
    if reading.value <= if is_empty { 0 } else { LONG_OPEN } {
        return Action::Nothing;
    }
    let what = format!("open door in {}", reading.room);
    match &site.guard {
        Some(guard) if is_empty => Action::Call(guard.clone(), what),
        _ => Action::Note(what),
    }
}

/// The actions for many readings, without `Nothing`, and each of them once. Evacuation ends the round: nothing
/// after it counts.
pub fn round(site: &Site, readings: &[Reading], hour: u32) -> Vec<Action> {
    let mut actions = Vec::new();
    for reading in readings {
        let action = decide(site, reading, hour);
        if action == Action::Nothing || actions.contains(&action) {
            continue;
        }
        let is_last = matches!(action, Action::Evacuate(_));
        actions.push(action);
        if is_last {
            break;
        }
    }
    actions
}
