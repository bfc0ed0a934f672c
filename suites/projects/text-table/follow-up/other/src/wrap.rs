//! Text in lines.

/// The lines of a text of which none has more than `max` characters.
pub fn wrap(text: &str, max: usize) -> Vec<String> {
    text.split('\n').flat_map(|line| wrap_line(line, max)).collect()
}

fn wrap_line(line: &str, max: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut room = 0;
    for word in line.split_whitespace() {
        let length = word.chars().count();
        match lines.last_mut() {
            Some(last) if length < room => {
                last.push(' ');
                last.push_str(word);
                room -= length + 1;
            }
            _ => {
                let letters: Vec<char> = word.chars().collect();
                lines.extend(letters.chunks(max).map(|piece| piece.iter().collect::<String>()));
                room = max - (length - 1) % max - 1;
            }
        }
    }
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines
}
