fn parts(path: &str) -> Option<Vec<&str>> {
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts)
}

pub fn clean(path: &str) -> Option<String> {
    Some(parts(path)?.join("/"))
}

pub fn within(root: &str, path: &str) -> bool {
    let (Some(root), Some(path)) = (clean(root), clean(path)) else {
        return false;
    };
    // everything lies below the empty path
    if root.is_empty() {
        return true;
    }
    path == root || path.starts_with(&format!("{root}/"))
}

pub fn relative(from: &str, to: &str) -> Option<String> {
    let (from, to) = (parts(from)?, parts(to)?);
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = from[common..].iter().map(|_| "..");
    let down = to[common..].iter().copied();
    Some(up.chain(down).collect::<Vec<_>>().join("/"))
}

pub fn extension(path: &str) -> Option<&str> {
    let name = path.rsplit('/').next()?;
    // a dot at the beginning hides a file
    let (stem, extension) = name.rsplit_once('.')?;
    (!stem.is_empty()).then_some(extension)
}
