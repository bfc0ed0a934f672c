pub fn words(text: &str) -> Vec<&str> {
    text.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty()).collect()
}

pub fn fill(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut used = 0;
    for word in words(text) {
        let length = word.chars().count();
        match lines.last_mut() {
            Some(line) if used + 1 + length <= width => {
                line.push(' ');
                line.push_str(word);
                used += 1 + length;
            }
            _ => {
                lines.push(word.to_string());
                used = length;
            }
        }
    }
    lines
}

pub fn justify(line: &str, width: usize) -> String {
    let words = words(line);
    let length: usize = line.chars().count();
    if words.len() < 2 || length >= width {
        return line.to_string();
    }
    let gaps = words.len() - 1;
    let (every, extra) = ((width - length) / gaps, (width - length) % gaps);
    let mut wide = String::new();
    for (at, word) in words.iter().enumerate() {
        wide.push_str(word);
        if at < gaps {
            let more = usize::from(at < extra);
            // one space was there before
            wide.push_str(&" ".repeat(1 + every + more));
        }
    }
    wide
}

pub fn center(line: &str, width: usize) -> String {
    let free = width.saturating_sub(line.chars().count());
    " ".repeat(free / 2) + line
}
