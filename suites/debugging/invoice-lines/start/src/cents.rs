/// Reads an amount like `12`, `12.5` or `12.50` as cents; `None` for anything else.
pub fn parse_cents(text: &str) -> Option<u64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    if whole.is_empty() || !(1..=2).contains(&fraction.len()) {
        return None;
    }
    if !(whole.to_string() + fraction).bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let cents: u64 = fraction.parse().ok()?;
    Some(whole.parse::<u64>().ok()? * 100 + cents)
}

/// The amount with two decimals.
pub fn show_cents(cents: u64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}
