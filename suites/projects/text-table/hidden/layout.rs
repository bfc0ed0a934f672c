use text_table::{Align, Column, Table};

fn lines(table: &Table) -> Vec<String> {
    table.render().split('\n').map(str::to_string).collect()
}

pub fn drive() {
    let mut table = Table::new(vec![
        Column::new("left", Align::Left),
        Column::new("middle", Align::Center),
        Column::new("right", Align::Right),
        Column::new("é", Align::Left),
    ]);
    emit!(lines(&table));
    table.push(&["a", "bcd", "e", "èà"]).unwrap();
    table.push(&["longest", "b", "right now", "ö"]).unwrap();
    emit!(lines(&table));
    table.set_total(&["", "two rows", "", ""]).unwrap();
    emit!(lines(&table));
    emit!(Table::new(vec![]).render());
    let mut table = Table::new(vec![Column::new("", Align::Left), Column::new("", Align::Right)]);
    table.push(&["", "x"]).unwrap();
    emit!(lines(&table));
    let mut table = Table::new(vec![Column::new("a", Align::Left), Column::new("b", Align::Left)]);
    table.set_total(&["sum", "0"]).unwrap();
    emit!(lines(&table));
}
