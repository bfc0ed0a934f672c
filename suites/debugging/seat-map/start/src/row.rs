/// One row of seats; `true` is taken. Seats are numbered from 1, from the left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    seats: Vec<bool>,
}

impl Row {
    /// Reads a row in which `.` is a free seat, everything else a taken one.
    pub fn parse(text: &str) -> Row {
        Row { seats: text.chars().map(|seat| seat != '.').collect() }
    }

    /// The row as it is read, with `x` for taken seats.
    pub fn show(&self) -> String {
        self.seats.iter().map(|taken| if *taken { 'x' } else { '.' }).collect()
    }

    pub fn free(&self) -> usize {
        self.seats.iter().filter(|taken| !**taken).count()
    }

    /// The first seat of the best place for a group: free seats side by side, as near to the middle of the row
    /// as possible, and of two that are as near the left one.
    pub fn place(&self, group: usize) -> Option<usize> {
        (0..self.seats.len().saturating_sub(group))
            .filter(|first| self.seats[*first..first + group].iter().all(|taken| !taken))
            .min_by_key(|first| self.off_the_middle(*first, group))
            .map(|first| first + 1)
    }

    /// Takes or frees the seats of a group.
    pub fn set(&mut self, first: usize, group: usize, taken: bool) {
        self.seats[first - 1..first - 1 + group].fill(taken);
    }

    /// Twice the distance from the middle of the group to the middle of the row.
    fn off_the_middle(&self, first: usize, group: usize) -> usize {
        (2 * first + group).abs_diff(self.seats.len())
    }
}
