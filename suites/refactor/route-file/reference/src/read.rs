use crate::route::{Point, Route};

/// Reads a route: lines `name TEXT`, `point NORTH EAST` with or without a height, and `rest MINUTES`, which belongs to the
/// point before it. Empty lines and those that begin with `#` are passed over.
pub fn read(text: &str) -> Result<Route, String> {
    let mut draft = Draft::default();
    for (at, line) in text.lines().enumerate() {
        let words: Vec<&str> = line.split_whitespace().collect();
        draft.take(&words).map_err(|what| format!("line {}: {what}", at + 1))?;
    }
    let name = draft.name.ok_or("the route has no name")?;
    if draft.points.len() < 2 {
        return Err(format!("{name} has fewer than two points"));
    }
    Ok(Route { name, points: draft.points })
}

/// What is read so far.
#[derive(Default)]
struct Draft {
    name: Option<String>,
    points: Vec<Point>,
}

impl Draft {
    fn take(&mut self, words: &[&str]) -> Result<(), String> {
        match words {
            [] => Ok(()),
            [first, ..] if first.starts_with('#') => Ok(()),
            ["name", rest @ ..] => self.take_name(rest),
            ["point", rest @ ..] => self.take_point(rest),
            ["rest", rest @ ..] => self.take_rest(rest),
            [first, ..] => Err(format!("{first} is unknown")),
        }
    }

    fn take_name(&mut self, words: &[&str]) -> Result<(), String> {
        if words.is_empty() {
            return Err("the name is missing".to_string());
        }
        if let Some(name) = &self.name {
            return Err(format!("it is called {name} already"));
        }
        self.name = Some(words.join(" "));
        Ok(())
    }

    fn take_point(&mut self, words: &[&str]) -> Result<(), String> {
        let (north, east, height) = match words {
            [north, east] => (north, east, None),
            [north, east, height] => (north, east, Some(height)),
            _ => return Err("a point has two or three numbers".to_string()),
        };
        let north = within(number(north)?, 90_000)?;
        let east = within(number(east)?, 180_000)?;
        let height = height.map(|height| number(height)).transpose()?;
        if self.points.last().is_some_and(|last| last.north == north && last.east == east) {
            return Err("the same point again".to_string());
        }
        self.points.push(Point { north, east, height, rest: 0 });
        Ok(())
    }

    fn take_rest(&mut self, words: &[&str]) -> Result<(), String> {
        let minutes: Option<u32> = if let [minutes] = words { minutes.parse().ok() } else { None };
        let minutes = minutes.ok_or("a rest has a number of minutes")?;
        let point = self.points.last_mut().ok_or("a rest before the first point")?;
        point.rest = point.rest.checked_add(minutes).ok_or("too long a rest")?;
        Ok(())
    }
}

fn number(word: &str) -> Result<i32, String> {
    word.parse().map_err(|_| format!("{word} is no number"))
}

fn within(degrees: i32, most: i32) -> Result<i32, String> {
    if (-most..=most).contains(&degrees) {
        Ok(degrees)
    } else {
        Err(format!("{degrees} is not on earth"))
    }
}
