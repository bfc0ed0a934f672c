/// Minutes of a day.
pub const DAY: u32 = 24 * 60;

/// A train from one stop to the next, every day at the same time. Trains of one line are one after another the
/// same train: whoever goes on with the line stays in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Train {
    pub line: String,
    pub from: String,
    pub to: String,
    /// In minutes of the day.
    pub departs: u32,
    pub arrives: u32,
}

impl Train {
    /// How many minutes it takes; a train that arrives at an earlier time than it departs arrives on the next day.
    pub fn takes(&self) -> u32 {
        self.arrives.abs_diff(self.departs)
    }

    /// The first moment not before another one at which it departs; both are minutes since the first midnight.
    pub fn departs_from(&self, moment: u32) -> u32 {
        moment + (self.departs + DAY - moment % DAY) % DAY
    }
}

/// All trains.
#[derive(Debug, Clone, Default)]
pub struct Timetable {
    pub trains: Vec<Train>,
}

impl Timetable {
    /// Reads lines like `S1 Bonn 08:10 Brühl 08:21 Köln 08:40`: a line with its stops, where it departs again at
    /// the minute at which it arrives.
    pub fn parse(text: &str) -> Option<Timetable> {
        let mut trains = Vec::new();
        for line in text.lines().filter(|line| !line.is_empty()) {
            let (name, stops) = line.split_once(' ')?;
            let words: Vec<&str> = stops.split_whitespace().collect();
            let stops = words.chunks(2).map(|stop| Some((stop[0], time(stop.get(1)?)?)));
            let stops: Vec<(&str, u32)> = stops.collect::<Option<_>>()?;
            for pair in stops.windows(2) {
                let [(from, departs), (to, arrives)] = [pair[0], pair[1]];
                trains.push(Train { line: name.into(), from: from.into(), to: to.into(), departs, arrives });
            }
        }
        Some(Timetable { trains })
    }
}

fn time(text: &str) -> Option<u32> {
    let (hours, minutes) = text.split_once(':')?;
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// A moment as a time of the day, with the number of midnights before it: `08:10` or `00:40+1`.
pub fn show_time(moment: u32) -> String {
    let days = if moment < DAY { String::new() } else { format!("+{}", moment / DAY) };
    format!("{:02}:{:02}{days}", moment % DAY / 60, moment % 60)
}
