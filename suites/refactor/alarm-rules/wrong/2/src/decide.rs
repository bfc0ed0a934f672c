use crate::model::{Action, Kind, Reading, Site};

const LOW_BATTERY: u8 = 5;
const LONG_OPEN: i32 = 300;

/// What is to be done about a reading at an hour of the day.
pub fn decide(site: &Site, reading: &Reading, hour: u32) -> Action {
    let is_empty = hour >= 22 || hour < 6 || site.closed;
    let limit = if reading.kind == Kind::Smoke { 40 } else { 60 };
    let room = &reading.room;
    match (reading.kind, &site.guard) {
        _ if reading.battery <= LOW_BATTERY => Action::Note(format!("battery of {room}")),
        (Kind::Water, _) if reading.value <= 0 => Action::Nothing,
        (Kind::Water, guard) => {
            Action::Call(guard.as_ref().unwrap_or(&site.owner).clone(), format!("water in {room}"))
        }
        (Kind::Door, _) if reading.value <= 0 || !is_empty && reading.value <= LONG_OPEN => Action::Nothing,
        (Kind::Door, Some(guard)) if is_empty => Action::Call(guard.clone(), format!("open door in {room}")),
        (Kind::Door, _) => Action::Note(format!("open door in {room}")),
        _ if reading.value <= limit / 2 => Action::Nothing,
        _ if reading.value <= limit => Action::Note(format!("{} in {room}", reading.value)),
        (Kind::Smoke, _) if site.works.contains(room) && reading.value > 2 * limit => {
            Action::Evacuate(format!("smoke in {room} in spite of works"))
        }
        (Kind::Smoke, _) if site.works.contains(room) => Action::Note(format!("dust in {room}")),
        (_, Some(guard)) if is_empty => Action::Call(guard.clone(), format!("fire in {room}")),
        _ => Action::Evacuate(format!("fire in {room}")),
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
