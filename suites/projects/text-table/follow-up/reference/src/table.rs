//! Rows of cells, and how they are printed.

use crate::column::{Align, Column};
use crate::numbers::{aligned, compared};
use crate::wrap::wrap;

/// Rows beneath the titles of their columns.
pub struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
    total: Option<Vec<String>>,
}

/// The lines of each cell of a row.
type Block = Vec<Vec<String>>;

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

    /// Sorts the rows by a column; equal ones keep their order.
    pub fn sort_by(&mut self, column: usize, descending: bool) -> Result<(), String> {
        let align = self.columns.get(column).ok_or(format!("no column {column}"))?.align;
        self.rows.sort_by(|one, other| {
            let (one, other) = (&one[column], &other[column]);
            let order = if align == Align::Number { compared(one, other) } else { one.cmp(other) };
            let stays = align == Align::Number && one_is_none(one, other);
            if descending && !stays { order.reverse() } else { order }
        });
        Ok(())
    }

    /// The table in Markdown, each line ended.
    pub fn render_markdown(&self) -> String {
        if self.columns.is_empty() {
            return String::new();
        }
        let titles = self.columns.iter().map(|column| column.title.as_str()).collect();
        let rule = self.columns.iter().map(|column| match column.align {
            Align::Left => "---",
            Align::Center => ":-:",
            Align::Right | Align::Number => "--:",
        });
        let mut lines = vec![marked(titles), format!("| {} |", rule.collect::<Vec<_>>().join(" | "))];
        lines.extend(self.rows.iter().chain(&self.total).map(|row| marked(row.iter().map(String::as_str).collect())));
        lines.iter().map(|line| format!("{line}\n")).collect()
    }

    /// The table as text, each line ended.
    pub fn render(&self) -> String {
        if self.columns.is_empty() {
            return String::new();
        }
        let titles: Block = self.columns.iter().map(|column| lines(&column.title, column)).collect();
        let mut rows = self.blocks();
        let widths: Vec<usize> = (0..self.columns.len())
            .map(|at| rows.iter().chain([&titles]).flat_map(|block| &block[at]).map(|line| width(line)).max())
            .map(|widest| widest.unwrap_or(0))
            .collect();
        let total = self.total.as_ref().and_then(|_| rows.pop());

        let rule = widths.iter().map(|width| "-".repeat(*width)).collect::<Vec<_>>().join("  ");
        let mut printed = self.printed(&titles, &widths, true);
        printed.push(rule.clone());
        let spaced = rows.iter().any(|row| height(row) > 1);
        for (at, row) in rows.iter().enumerate() {
            if spaced && at > 0 {
                printed.push(String::new());
            }
            printed.extend(self.printed(row, &widths, false));
        }
        if rows.is_empty() {
            printed.push("(no rows)".to_string());
        }
        if let Some(total) = total {
            printed.push(rule);
            printed.extend(self.printed(&total, &widths, false));
        }
        printed.iter().map(|line| format!("{}\n", line.trim_end_matches(' '))).collect()
    }

    /// The rows, and the total behind them.
    fn blocks(&self) -> Vec<Block> {
        let rows: Vec<&Vec<String>> = self.rows.iter().chain(&self.total).collect();
        let mut blocks = vec![Block::new(); rows.len()];
        for (at, column) in self.columns.iter().enumerate() {
            let cells: Vec<&str> = rows.iter().map(|row| row[at].as_str()).collect();
            let of_column: Block = match column.align {
                Align::Number => aligned(&cells).into_iter().map(|cell| vec![cell]).collect(),
                _ => cells.iter().map(|cell| lines(cell, column)).collect(),
            };
            for (block, cell) in blocks.iter_mut().zip(of_column) {
                block.push(cell);
            }
        }
        blocks
    }

    /// The printed lines of a row; `down` puts its cells at the bottom.
    fn printed(&self, block: &Block, widths: &[usize], down: bool) -> Vec<String> {
        let height = height(block);
        let line = |line: usize| {
            let cells = block.iter().zip(&self.columns).zip(widths).map(|((cell, column), width)| {
                let above = if down { height - cell.len() } else { 0 };
                let text = line.checked_sub(above).and_then(|at| cell.get(at));
                filled(text.map_or("", String::as_str), *width, column.align)
            });
            cells.collect::<Vec<_>>().join("  ")
        };
        (0..height).map(line).collect()
    }

    fn row(&self, cells: &[&str], what: &str) -> Result<Vec<String>, String> {
        let (count, wanted) = (cells.len(), self.columns.len());
        if count != wanted {
            return Err(format!("{what} has {count} cells, not {wanted}"));
        }
        Ok(cells.iter().map(|cell| cell.to_string()).collect())
    }
}

/// Whether one of two cells is a number and the other is none.
fn one_is_none(one: &str, other: &str) -> bool {
    (compared(one, "x") == std::cmp::Ordering::Less) != (compared(other, "x") == std::cmp::Ordering::Less)
}

/// A line of a table in Markdown.
fn marked(cells: Vec<&str>) -> String {
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let cell = |cell: &str| cell.split('\n').map(words).collect::<Vec<_>>().join("<br>").replace('|', "\\|");
    format!("| {} |", cells.into_iter().map(cell).collect::<Vec<_>>().join(" | "))
}

fn lines(text: &str, column: &Column) -> Vec<String> {
    let max = column.max.filter(|_| column.align != Align::Number);
    wrap(text, max.unwrap_or_else(|| width(text).max(1)))
}

fn filled(text: &str, width: usize, align: Align) -> String {
    match align {
        Align::Left => format!("{text:<width$}"),
        Align::Center => format!("{text:^width$}"),
        Align::Right | Align::Number => format!("{text:>width$}"),
    }
}

fn height(block: &Block) -> usize {
    block.iter().map(Vec::len).max().unwrap_or(0)
}

fn width(text: &str) -> usize {
    text.chars().count()
}
