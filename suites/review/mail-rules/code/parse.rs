#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    Equals,
    Holds,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    pub field: String,
    pub sign: Sign,
    pub value: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub conditions: Vec<Condition>,
    pub folder: String,
}

pub fn rule(line: &str) -> Result<Rule, String> {
    let Some((left, folder)) = line.split_once("->") else {
        return Err(line.to_string());
    };
    if folder.contains("->") {
        return Err(line.to_string());
    }
    let conditions = left.split('&').map(condition).collect::<Result<Vec<_>, _>>()?;
    let folder = folder.trim();
    if folder.is_empty() {
        return Err(folder.to_string());
    }
    Ok(Rule { conditions, folder: folder.to_string() })
}

fn condition(part: &str) -> Result<Condition, String> {
    let part = part.trim();
    // the first sign counts; later ones belong to the value
    let at = part.find(['=', '~']).ok_or(part)?;
    let sign = if part.as_bytes()[at] == b'=' { Sign::Equals } else { Sign::Holds };
    let (field, value) = (part[..at].trim(), part[at + 1..].trim());
    if field.is_empty() || value.is_empty() {
        return Err(part.to_string());
    }
    Ok(Condition { field: field.to_string(), sign, value: value.to_string() })
}
