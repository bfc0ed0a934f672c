use invoice_lines::{parse_cents, show_cents, Invoice};

pub fn drive() {
    emit!(["12", "0.05", "007.00", "0"].map(parse_cents));
    emit!(["", ".50", "1.", "1.234", "-1", "1,50", "1.x0", "1.+5", "x"].map(parse_cents));
    emit!([0, 5, 100, 123456].map(show_cents));
    let invoice = Invoice::parse("\n  3 x 12.50  Sandwiches with cheese  7% \n10 x 0.99 Apples 7%\n\n1 x 5 Bag 19%\n").unwrap();
    emit!((invoice.net(), invoice.gross()));
    emit!(invoice.lines());
    emit!(invoice.taxes().iter().map(|tax| (tax.rate, tax.of, tax.amount)).collect::<Vec<_>>());
    for text in ["1 x 2.00 Soup 7", "1 x 2.00 7%", "x 2.00 Soup 7%", "1 x two Soup 7%", "1 x 2.00 A 7%\n\n2.00 B 7%"] {
        emit!(Invoice::parse(text).map(|invoice| invoice.net()));
    }
    emit!(Invoice::parse("").map(|invoice| (invoice.lines(), invoice.gross())));
    emit!(Invoice::parse("1 x 0.50 A 7%\n3 x 0.50 B 7%").map(|invoice| invoice.gross()));
}
