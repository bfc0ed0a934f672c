use text_table::numbers::aligned;
use text_table::wrap::wrap;
use text_table::{Align, Column, Table};

pub fn drive() {
    emit!(wrap("to be  or not", 6));
    emit!(aligned(&["1234", "-5.25", "n/a"]));
    let mut table = Table::new(vec![
        Column::new("host", Align::Left),
        Column::new("up", Align::Center),
        Column::new("MB", Align::Number),
    ]);
    table.push(&["alpha", "yes", "1204.5"]).unwrap();
    table.push(&["beta", "no", "80"]).unwrap();
    table.set_total(&["", "", "1284.5"]).unwrap();
    emit!(table.render().lines().map(str::to_string).collect::<Vec<_>>());
}
