#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Smoke,
    Heat,
    Water,
    Door,
}

/// What a sensor says; for doors the value is the number of seconds for which it stands open.
#[derive(Debug, Clone)]
pub struct Reading {
    pub kind: Kind,
    pub room: String,
    pub value: i32,
    pub battery: u8,
}

#[derive(Debug, Clone)]
pub struct Site {
    pub guard: Option<String>,
    pub owner: String,
    /// Rooms in which work is going on that makes dust.
    pub works: Vec<String>,
    pub closed: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    Nothing,
    Note(String),
    Call(String, String),
    Evacuate(String),
}
