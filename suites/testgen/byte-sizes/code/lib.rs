//! Sizes in bytes, as people write them.

/// Why a text is no size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SizeError {
    /// It is not a number with a unit.
    Syntax,
    /// It is more than 64 bits hold.
    TooLarge,
}

/// Reads a size such as `12`, `4 K` or `2g`.
pub fn parse(text: &str) -> Result<u64, SizeError> {
    let text = text.trim_matches([' ', '\t']);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 {
        return Err(SizeError::Syntax);
    }
    let power = match text[digits..].trim_start_matches([' ', '\t']) {
        "" | "B" | "b" => 0,
        "K" | "k" => 1,
        "M" | "m" => 2,
        "G" | "g" => 3,
        _ => return Err(SizeError::Syntax),
    };
    let number: u64 = text[..digits].parse().map_err(|_| SizeError::TooLarge)?;
    number.checked_mul(1024u64.pow(power)).ok_or(SizeError::TooLarge)
}

/// Writes a size in its largest unit, with at most a tenth.
pub fn format(bytes: u64) -> String {
    let mut power = 0;
    while power < 3 && bytes >> (10 * power) >= 1024 {
        power += 1;
    }
    let unit = 1024u64.pow(power);
    let (whole, tenths) = (bytes / unit, bytes % unit * 10 / unit);
    let name = ["B", "K", "M", "G"][power as usize];
    if tenths == 0 {
        format!("{whole}{name}")
    } else {
        format!("{whole}.{tenths}{name}")
    }
}

/// Adds up sizes.
pub fn total(texts: &[&str]) -> Result<u64, SizeError> {
    let mut sum: u64 = 0;
    for text in texts {
        sum = sum.checked_add(parse(text)?).ok_or(SizeError::TooLarge)?;
    }
    Ok(sum)
}
