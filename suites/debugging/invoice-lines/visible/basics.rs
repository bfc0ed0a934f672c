use invoice_lines::{parse_cents, Invoice};

pub fn drive() {
    emit!(parse_cents("12.50"));
    let invoice = Invoice::parse("2 x 4.50 Soup 7%\n1 x 3.00 Beer 19%").unwrap();
    emit!(invoice.lines());
    emit!(parse_cents("0.5"));
}
