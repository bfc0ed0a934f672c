use text_table::{Align, Column, Table};

pub fn drive() {
    let column = Column::new("note", Align::Left).at_most(12);
    emit!((column.title.clone(), column.max, column.align == Align::Left));
    let mut table = Table::new(vec![column, Column::new("MB", Align::Number)]);
    emit!(table.is_empty());
    emit!(table.push(&["a", "1"]));
    emit!(table.push(&["b"]));
    emit!(table.push(&["b", "2", "3"]));
    emit!(table.set_total(&[]));
    emit!(table.set_total(&["sum", "1"]));
    emit!((table.len(), table.is_empty()));
    emit!(Table::new(vec![]).push(&["a"]));
}
