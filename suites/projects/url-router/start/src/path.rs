//! The path of a request.

/// The segments of a path, decoded: `/a/b%20c/` is `a`, `b c` and an empty one. `None` if the path is bad: it does not
/// begin with a slash, has an empty segment before its last one, or is not percent-encoded UTF-8.
pub fn segments(path: &str) -> Option<Vec<String>> {
    let all: Option<Vec<String>> = path.strip_prefix('/')?.split('/').map(decode).collect();
    all.filter(|segments| segments[..segments.len() - 1].iter().all(|segment| !segment.is_empty()))
}

fn decode(segment: &str) -> Option<String> {
    let mut bytes = segment.bytes();
    let mut decoded = vec![];
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'%' => digit(bytes.next()?)? * 16 + digit(bytes.next()?)?,
            _ => byte,
        });
    }
    String::from_utf8(decoded).ok()
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}
