//! Numbers beneath each other.

fn parts(cell: &str) -> Option<(bool, &str, &str)> {
    let cell = cell.trim();
    let (negative, rest) = match cell.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, cell),
    };
    let (whole, fraction) = match rest.find('.') {
        Some(at) => (&rest[..at], &rest[at..]),
        None => (rest, ""),
    };
    let digits = |text: &str| !text.is_empty() && text.chars().all(|sign| sign.is_ascii_digit());
    let fits = digits(whole) && (fraction.is_empty() || digits(&fraction[1..]));
    fits.then_some((negative, whole, fraction))
}

/// What a cell is worth, if it is a number.
pub fn value(cell: &str) -> Option<f64> {
    let (negative, whole, fraction) = parts(cell)?;
    let size: f64 = format!("{whole}{fraction}").parse().ok()?;
    Some(if negative && size > 0.0 { -size } else { size })
}

/// The cells of a number column such that, set flush right, their decimal points stand beneath each other.
pub fn aligned(cells: &[&str]) -> Vec<String> {
    let mut longest = 0;
    for cell in cells {
        if let Some((_, _, fraction)) = parts(cell) {
            longest = longest.max(fraction.len());
        }
    }
    let mut texts = Vec::new();
    for cell in cells {
        let Some((negative, whole, fraction)) = parts(cell) else {
            texts.push(cell.trim().to_string());
            continue;
        };
        let mut text = String::from(if negative { "-" } else { "" });
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at) % 3 == 0 {
                text.push(',');
            }
            text.push(digit);
        }
        text.push_str(fraction);
        text.push_str(&" ".repeat(longest - fraction.len()));
        texts.push(text);
    }
    texts
}
