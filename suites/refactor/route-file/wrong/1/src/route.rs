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
        let heights: Vec<i32> = self.points.iter().map(|point| point.height).collect::<Option<_>>()?;
        Some(heights.windows(2).map(|pair| (i64::from(pair[1]) - i64::from(pair[0])).max(0)).sum())
    }

    /// The highest point of those whose height is known, the first one of several.
    pub fn highest(&self) -> Option<&Point> {
        let known = self.points.iter().filter(|point| point.height.is_some());
        known.max_by_key(|point| point.height)
    }

    /// The minutes of all rests.
    pub fn rests(&self) -> u64 {
        self.points.iter().map(|point| u64::from(point.rest)).sum()
    }
}
