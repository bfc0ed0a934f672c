use crate::route::{Point, Route};

/// Reads a route: lines `name TEXT`, `point NORTH EAST` with or without a height, and `rest MINUTES`, which belongs to the
/// point before it. Empty lines and those that begin with `#` are passed over.
pub fn read(text: &str) -> Result<Route, String> {
    let mut name: Option<String> = None;
    let mut points: Vec<Point> = Vec::new();
    let mut number = 0;
    for line in text.lines() {
        number += 1;
        let words: Vec<&str> = line.split_whitespace().collect();
        if words.is_empty() || words.first().unwrap().starts_with('#') {
            continue;
        }
        let first = *words.first().unwrap();
        if first == "name" {
            if words.len() < 2 {
                return Err(format!("line {number}: the name is missing"));
            }
            if name.is_some() {
                return Err(format!("line {number}: it is called {} already", name.unwrap()));
            }
            name = Some(words[1..].join(" "));
        } else if first == "point" {
            if words.len() < 3 || words.len() > 4 {
                return Err(format!("line {number}: a point has two or three numbers"));
            }
            if words[1].parse::<i32>().is_err() {
                return Err(format!("line {number}: {} is no number", words[1]));
            }
            let north = words[1].parse::<i32>().unwrap();
            if north < -90_000 || north > 90_000 {
                return Err(format!("line {number}: {north} is not on earth"));
            }
            if words[2].parse::<i32>().is_err() {
                return Err(format!("line {number}: {} is no number", words[2]));
            }
            let east = words[2].parse::<i32>().unwrap();
            if east < -180_000 || east > 180_000 {
                return Err(format!("line {number}: {east} is not on earth"));
            }
            let mut height = None;
            if words.len() == 4 {
                if words[3].parse::<i32>().is_err() {
                    return Err(format!("line {number}: {} is no number", words[3]));
                }
                height = Some(words[3].parse::<i32>().unwrap());
            }
            if !points.is_empty() {
                let last = points.last().unwrap();
                if last.north == north && last.east == east {
                    return Err(format!("line {number}: the same point again"));
                }
            }
            points.push(Point { north, east, height, rest: 0 });
        } else if first == "rest" {
            if words.len() != 2 || words[1].parse::<u32>().is_err() {
                return Err(format!("line {number}: a rest has a number of minutes"));
            }
            if points.is_empty() {
                return Err(format!("line {number}: a rest before the first point"));
            }
            let minutes = words[1].parse::<u32>().unwrap();
            if points.last().unwrap().rest.checked_add(minutes).is_none() {
                return Err(format!("line {number}: too long a rest"));
            }
            points.last_mut().unwrap().rest = points.last().unwrap().rest.checked_add(minutes).unwrap();
        } else {
            return Err(format!("line {number}: {first} is unknown"));
        }
    }
    if name.is_none() {
        return Err("the route has no name".to_string());
    }
    if points.len() < 2 {
        return Err(format!("{} has fewer than two points", name.unwrap()));
    }
    Ok(Route { name: name.unwrap(), points })
}
