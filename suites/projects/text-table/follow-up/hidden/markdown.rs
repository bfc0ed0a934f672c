use text_table::{Align, Column, Table};

pub fn drive() {
    let mut table = Table::new(vec![
        Column::new("a | b", Align::Left).at_most(3),
        Column::new("two\nlines", Align::Center),
        Column::new("r", Align::Right),
        Column::new("n", Align::Number),
    ]);
    emit!(table.render_markdown().lines().collect::<Vec<_>>());
    table.push(&["long  text here", "x|y", "", " 1234.50"]).unwrap();
    table.push(&["", " a \n\n b\t c", "é", "n/a"]).unwrap();
    emit!(table.render_markdown().lines().skip(2).collect::<Vec<_>>());
    table.set_total(&["sum", "", "", "1234.50"]).unwrap();
    emit!(table.render_markdown().lines().skip(4).collect::<Vec<_>>());
    emit!(table.render_markdown().ends_with("|\n"));
    table.sort_by(0, false).unwrap();
    emit!(table.render_markdown().lines().nth(2).map(str::to_string));
    emit!(Table::new(vec![]).render_markdown());
}
