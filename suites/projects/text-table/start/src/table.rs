//! Rows of cells, and how they are printed.

use crate::column::Column;

/// Rows beneath the titles of their columns.
pub struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
    total: Option<Vec<String>>,
}

impl Table {
    pub fn new(columns: Vec<Column>) -> Table {
        Table { columns, rows: Vec::new(), total: None }
    }

    /// Adds a row.
    pub fn push(&mut self, cells: &[&str]) -> Result<(), String> {
        let row = self.row(cells, &format!("row {}", self.rows.len() + 1))?;
        self.rows.push(row);
        Ok(())
    }

    /// Sets the row that stands beneath all others.
    pub fn set_total(&mut self, cells: &[&str]) -> Result<(), String> {
        self.total = Some(self.row(cells, "the total")?);
        Ok(())
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table as text, each line ended.
    pub fn render(&self) -> String {
        todo!()
    }

    fn row(&self, cells: &[&str], what: &str) -> Result<Vec<String>, String> {
        let (count, wanted) = (cells.len(), self.columns.len());
        if count != wanted {
            return Err(format!("{what} has {count} cells, not {wanted}"));
        }
        Ok(cells.iter().map(|cell| cell.to_string()).collect())
    }
}
