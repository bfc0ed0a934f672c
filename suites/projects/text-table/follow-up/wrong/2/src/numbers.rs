//! Numbers beneath each other.

use std::cmp::Ordering;

/// The cells of a number column such that, set flush right, their decimal points stand beneath each other.
pub fn aligned(cells: &[&str]) -> Vec<String> {
    let cells: Vec<&str> = cells.iter().map(|cell| cell.trim()).collect();
    let fractions = cells.iter().filter_map(|cell| Number::of(cell)).map(|number| number.fraction.len());
    let longest = fractions.max().unwrap_or(0);
    cells.iter().map(|cell| Number::of(cell).map_or(cell.to_string(), |number| number.text(longest))).collect()
}

/// The order of two cells of a number column: numbers by their value, behind them all that is no number.
pub fn compared(one: &str, other: &str) -> Ordering {
    match (Number::of(one.trim()), Number::of(other.trim())) {
        (Some(one), Some(other)) => one.value().total_cmp(&other.value()),
        (one, other) => other.is_some().cmp(&one.is_some()),
    }
}

/// A number in parts; the point belongs to the fraction.
struct Number<'a> {
    sign: &'a str,
    digits: &'a str,
    fraction: &'a str,
}

impl Number<'_> {
    fn of(cell: &str) -> Option<Number<'_>> {
        let (sign, rest) = cell.split_at(usize::from(cell.starts_with('-')));
        let (digits, fraction) = rest.split_at(rest.find('.').unwrap_or(rest.len()));
        let is_number = are_digits(digits) && fraction.strip_prefix('.').is_none_or(are_digits);
        is_number.then_some(Number { sign, digits, fraction })
    }

    fn value(&self) -> f64 {
        let text = format!("{}{}{}", self.sign, self.digits, self.fraction);
        text.parse::<f64>().unwrap_or(0.0) + 0.0
    }

    fn text(&self, fraction: usize) -> String {
        let mut text = self.sign.to_string();
        for (at, digit) in self.digits.chars().enumerate() {
            if at > 0 && (self.digits.len() - at) % 3 == 0 {
                text.push(',');
            }
            text.push(digit);
        }
        text + &format!("{:fraction$}", self.fraction)
    }
}

fn are_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
