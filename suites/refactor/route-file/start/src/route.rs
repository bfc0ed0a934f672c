/// A place on the way, in thousandths of a degree, with its height in metres and the minutes of a rest there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    pub north: i32,
    pub east: i32,
    pub height: Option<i32>,
    pub rest: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    pub name: String,
    pub points: Vec<Point>,
}

impl Route {
    /// The metres that one climbs; `None` if the height of any point is not known.
    pub fn climb(&self) -> Option<i64> {
        for point in &self.points {
            if point.height.is_none() {
                return None;
            }
        }
        let mut climb = 0;
        for at in 1..self.points.len() {
            let before = self.points.get(at - 1).unwrap().height.unwrap();
            let height = self.points.get(at).unwrap().height.unwrap();
            if height > before {
                climb += i64::from(height) - i64::from(before);
            }
        }
        Some(climb)
    }

    /// The highest point of those whose height is known, the first one of several.
    pub fn highest(&self) -> Option<&Point> {
        let mut highest: Option<&Point> = None;
        for point in &self.points {
            if point.height.is_some() {
                if highest.is_none() {
                    highest = Some(point);
                } else if point.height.unwrap() > highest.unwrap().height.unwrap() {
                    highest = Some(point);
                }
            }
        }
        highest
    }

    /// The minutes of all rests.
    pub fn rests(&self) -> u64 {
        self.points.iter().map(|point| u64::from(point.rest)).sum()
    }
}
