//! Dates, and steps between them.

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: i32,
    month: u32,
    day: u32,
}

impl Date {
    /// A date, if there is such a one.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Date> {
        let exists = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && day >= 1
            && day <= length(year, month);
        exists.then_some(Date { year, month, day })
    }

    /// Year, month and day.
    pub fn parts(self) -> (i32, u32, u32) {
        (self.year, self.month, self.day)
    }
}

fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn length(year: i32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days since 0001-01-01.
pub fn day_number(date: Date) -> i64 {
    let past = i64::from(date.year) - 1;
    let of_years = past * 365 + past / 4 - past / 100 + past / 400;
    let of_months: i64 = (1..date.month).map(|month| i64::from(length(date.year, month))).sum();
    of_years + of_months + i64::from(date.day) - 1
}

/// The date with a number of days before it.
pub fn from_day_number(n: i64) -> Option<Date> {
    // months from 0001-01 on, the last that does not begin later
    let first = |months: i32| Date::new(months / 12 + 1, months as u32 % 12 + 1, 1);
    if n < 0 {
        return None;
    }
    let (mut low, mut high) = (0, 12 * 9999);
    while high - low > 1 {
        let middle = (low + high) / 2;
        if middle >= 12 * 9999 {
            high = middle;
            continue;
        }
        if day_number(first(middle)?) <= n {
            low = middle;
        } else {
            high = middle;
        }
    }
    let (year, month, _) = first(low)?.parts();
    Date::new(year, month, u32::try_from(n - day_number(first(low)?) + 1).ok()?)
}

/// 0 for Monday.
pub fn weekday(date: Date) -> u32 {
    (day_number(date) % 7) as u32
}

/// A date some months later.
pub fn add_months(date: Date, n: i32) -> Option<Date> {
    let months = i64::from(date.year) * 12 + i64::from(date.month) - 1 + i64::from(n);
    let (year, month) = (months.div_euclid(12), months.rem_euclid(12) as u32 + 1);
    let year = i32::try_from(year).ok()?;
    Date::new(year, month, date.day.min(length(year, month)))
}

/// Whole months from one date to another.
pub fn months_between(a: Date, b: Date) -> i32 {
    if b < a {
        return -months_between(b, a);
    }
    let months = (b.year - a.year) * 12 + b.month as i32 - a.month as i32;
    match add_months(a, months) {
        Some(date) if date <= b => months,
        _ => months - 1,
    }
}
