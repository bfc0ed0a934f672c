use text_table::{Align, Column, Table};

fn lines(table: &Table) -> Vec<String> {
    table.render().split('\n').map(str::to_string).collect()
}

pub fn drive() {
    let mut table = Table::new(vec![
        Column::new("host and rack", Align::Left).at_most(6),
        Column::new("note", Align::Center).at_most(9),
        Column::new("free MB", Align::Number).at_most(3),
        Column::new("who", Align::Right),
    ]);
    table.push(&["alpha", "nightly", "1204.5", "ann"]).unwrap();
    table.push(&["beta-17", "", " 80 ", ""]).unwrap();
    table.push(&["x", "one more\ntry", "not known", "bo\ncy"]).unwrap();
    table.set_total(&["all of\nthem", "", "123456.25", "3"]).unwrap();
    emit!(lines(&table));
    let mut table = Table::new(vec![Column::new("short", Align::Left).at_most(20), Column::new("n", Align::Number)]);
    table.push(&["a", "1"]).unwrap();
    table.push(&["b", "2"]).unwrap();
    table.set_total(&["a  total\nof two", "3.0"]).unwrap();
    emit!(lines(&table));
}
