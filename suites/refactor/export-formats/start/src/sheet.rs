/// Work of one day. Minutes count from midnight.
pub struct Entry {
    pub day: u32,
    pub from: u32,
    pub to: u32,
    pub what: String,
    pub billed: bool,
}

pub struct Sheet {
    pub person: String,
    pub entries: Vec<Entry>,
}
