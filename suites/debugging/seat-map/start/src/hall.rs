use std::collections::BTreeMap;

use crate::row::Row;

/// The rows of a hall, the one nearest to the stage first, and the groups that have booked.
#[derive(Debug, Clone)]
pub struct Hall {
    rows: Vec<Row>,
    /// Row, first seat and size of each group, by its name.
    groups: BTreeMap<String, (usize, usize, usize)>,
}

impl Hall {
    /// Reads a plan: a line a row.
    pub fn parse(plan: &str) -> Hall {
        Hall { rows: plan.lines().map(Row::parse).collect(), groups: BTreeMap::new() }
    }

    pub fn show(&self) -> String {
        self.rows.iter().map(Row::show).collect::<Vec<_>>().join("\n")
    }

    pub fn free(&self) -> usize {
        self.rows.iter().map(Row::free).sum()
    }

    /// Books the best place of the first row that has one; the ticket says row and seats: `B 3-5`, or `B 3`.
    pub fn book(&mut self, name: &str, size: usize) -> Result<String, String> {
        if size == 0 || self.groups.contains_key(name) {
            return Err(format!("{name} cannot book"));
        }
        let place = self.rows.iter().enumerate().find_map(|(row, seats)| Some((row, seats.place(size)?)));
        let (row, first) = place.ok_or(format!("no place for {size}"))?;
        self.rows[row].set(first, size, true);
        self.groups.insert(name.to_string(), (row, first, size));
        let letter = char::from(b'A' + row as u8);
        Ok(if size == 1 { format!("{letter} {first}") } else { format!("{letter} {first}-{}", first + size - 1) })
    }

    /// Frees the seats of a group; how many those are.
    pub fn cancel(&mut self, name: &str) -> Option<usize> {
        let (row, first, size) = self.groups.remove(name)?;
        self.rows[row].set(first, size, false);
        Some(size)
    }
}
