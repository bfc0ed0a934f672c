//! Amounts with four decimals.

use std::fmt;
use std::str::FromStr;

const ONE: i128 = 10_000;
const CENT: i128 = 100;

/// A number of ten thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Amount(i128);

impl Amount {
    pub fn add(self, other: Amount) -> Amount {
        Amount(self.0 + other.0)
    }

    pub fn subtract(self, other: Amount) -> Amount {
        Amount(self.0 - other.0)
    }

    pub fn negate(self) -> Amount {
        Amount(-self.0)
    }

    pub fn multiply(self, other: Amount) -> Amount {
        Amount(rounded(self.0 * other.0, ONE))
    }

    /// `None` where the divisor is 0.
    pub fn divide(self, other: Amount) -> Option<Amount> {
        (other.0 != 0).then(|| Amount(rounded(self.0 * ONE, other.0)))
    }

    /// The amount in whole cents.
    pub fn to_cents(self) -> Amount {
        Amount(rounded(self.0, CENT) * CENT)
    }

    /// The amount of a bill, with two decimals.
    pub fn money(self) -> String {
        let cents = rounded(self.0, CENT);
        let sign = if cents < 0 { "-" } else { "" };
        format!("{sign}{}.{:02}", cents.abs() / 100, cents.abs() % 100)
    }
}

/// A fraction as a whole number.
fn rounded(numerator: i128, denominator: i128) -> i128 {
    (numerator + denominator / 2) / denominator
}

impl FromStr for Amount {
    type Err = String;

    fn from_str(text: &str) -> Result<Amount, String> {
        let wrong = || format!("not an amount: {text}");
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        if !are_digits(whole.strip_prefix('-').unwrap_or(whole)) || !are_digits(fraction) || fraction.len() > 4 {
            return Err(wrong());
        }
        let whole: i128 = whole.parse().map_err(|_| wrong())?;
        let fraction: i128 = format!("{fraction:0<4}").parse().map_err(|_| wrong())?;
        Ok(Amount(if whole < 0 { whole * ONE - fraction } else { whole * ONE + fraction }))
    }
}

fn are_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let text = format!("{sign}{}.{:04}", self.0.abs() / ONE, self.0.abs() % ONE);
        write!(f, "{}", text.trim_end_matches('0').trim_end_matches('.'))
    }
}
