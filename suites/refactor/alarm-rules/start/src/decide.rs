use crate::model::{Action, Kind, Reading, Site};

/// What is to be done about a reading at an hour of the day.
pub fn decide(site: &Site, reading: &Reading, hour: u32) -> Action {
    let action;
    if reading.battery > 5 {
        if reading.kind == Kind::Smoke || reading.kind == Kind::Heat {
            let limit = if reading.kind == Kind::Smoke { 40 } else { 60 };
            if reading.value > limit {
                if site.works.contains(&reading.room) && reading.kind == Kind::Smoke {
                    if reading.value > 2 * limit {
                        action = Action::Evacuate(format!("smoke in {} in spite of works", reading.room));
                    } else {
                        action = Action::Note(format!("dust in {}", reading.room));
                    }
                } else {
                    if hour >= 22 || hour < 6 || site.closed {
                        if let Some(guard) = &site.guard {
                            action = Action::Call(guard.clone(), format!("fire in {}", reading.room));
                        } else {
                            action = Action::Evacuate(format!("fire in {}", reading.room));
                        }
                    } else {
                        action = Action::Evacuate(format!("fire in {}", reading.room));
                    }
                }
            } else {
                if reading.value > limit / 2 {
                    action = Action::Note(format!("{} in {}", reading.value, reading.room));
                } else {
                    action = Action::Nothing;
                }
            }
        } else {
            if reading.kind == Kind::Water {
                if reading.value > 0 {
                    if let Some(guard) = &site.guard {
                        action = Action::Call(guard.clone(), format!("water in {}", reading.room));
                    } else {
                        action = Action::Call(site.owner.clone(), format!("water in {}", reading.room));
                    }
                } else {
                    action = Action::Nothing;
                }
            } else {
                if hour >= 22 || hour < 6 || site.closed {
                    if reading.value > 0 {
                        if let Some(guard) = &site.guard {
                            action = Action::Call(guard.clone(), format!("open door in {}", reading.room));
                        } else {
                            action = Action::Note(format!("open door in {}", reading.room));
                        }
                    } else {
                        action = Action::Nothing;
                    }
                } else {
                    if reading.value > 300 {
                        action = Action::Note(format!("open door in {}", reading.room));
                    } else {
                        action = Action::Nothing;
                    }
                }
            }
        }
    } else {
        action = Action::Note(format!("battery of {}", reading.room));
    }
    action
}

/// The actions for many readings, without `Nothing`, and each of them once. Evacuation ends the round: nothing
/// after it counts.
pub fn round(site: &Site, readings: &[Reading], hour: u32) -> Vec<Action> {
    let mut actions = Vec::new();
    for reading in readings {
        let action = decide(site, reading, hour);
        if action != Action::Nothing {
            if !actions.contains(&action) {
                actions.push(action.clone());
                if let Action::Evacuate(_) = action {
                    break;
                }
            }
        }
    }
    actions
}
