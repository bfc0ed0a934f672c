use text_table::{Align, Column, Table};

fn sorted(align: Align, cells: &[&str], descending: bool) -> Vec<String> {
    let mut table = Table::new(vec![Column::new("key", align), Column::new("at", Align::Left)]);
    for (at, cell) in cells.iter().enumerate() {
        table.push(&[cell, &at.to_string()]).unwrap();
    }
    table.set_total(&["5", "total"]).unwrap();
    table.sort_by(0, descending).unwrap();
    table.render().lines().skip(2).take(cells.len()).map(|line| line.rsplit(' ').next().unwrap().to_string()).collect()
}

pub fn drive() {
    emit!(sorted(Align::Left, &["b", "a", "B", "a", "ä", "10", "9"], false).join(" "));
    emit!(sorted(Align::Right, &["b", "a", "B", "a", "ä", "10", "9"], true).join(" "));
    emit!(sorted(Align::Number, &["10", "9", "-1.5", " 0.25", "-2", "007", "9.0"], false).join(" "));
    emit!(sorted(Align::Number, &["10", "9", "-1.5", " 0.25", "-2", "007", "9.0"], true).join(" "));
    emit!(sorted(Align::Number, &["n/a", "3", "+1", "1", "z"], false).join(" "));
    emit!(sorted(Align::Number, &["n/a", "3", "+1", "1", "z"], true).join(" "));
    emit!(sorted(Align::Number, &["0", "-0", "-0.0", "0.00"], true).join(" "));
    let mut table = Table::new(vec![Column::new("a", Align::Left), Column::new("b", Align::Number)]);
    table.push(&["x", "2"]).unwrap();
    table.push(&["y", "1"]).unwrap();
    emit!(table.sort_by(2, false).unwrap_err());
    emit!(table.render());
    table.sort_by(1, false).unwrap();
    emit!(table.render());
    emit!(Table::new(vec![]).sort_by(0, true).unwrap_err());
}
