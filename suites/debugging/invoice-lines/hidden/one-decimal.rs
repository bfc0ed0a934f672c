use invoice_lines::{parse_cents, Invoice};

pub fn drive() {
    emit!(["0.5", "12.5", "3.0", "1.9", "10.1"].map(parse_cents));
    emit!(["0.05", "0.50", "12"].map(parse_cents));
    emit!(Invoice::parse("1 x 4.50 Soup 7%\n1 x 0.5 Bread 7%").map(|invoice| invoice.lines()));
    emit!(Invoice::parse("4 x 2.5 Tea 19%").map(|invoice| invoice.gross()));
}
