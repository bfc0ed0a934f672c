use text_table::{Align, Column, Table};

fn main() -> Result<(), String> {
    let mut table = Table::new(vec![
        Column::new("host", Align::Left),
        Column::new("note", Align::Left).at_most(12),
        Column::new("MB", Align::Number),
    ]);
    table.push(&["alpha", "backup of the night", "1204.5"])?;
    table.push(&["beta", "idle", "80"])?;
    table.set_total(&["", "", "1284.5"])?;
    print!("{}", table.render());
    Ok(())
}
