use invoice_lines::Invoice;

fn taxes(text: &str) -> Vec<(u64, u64, u64)> {
    Invoice::parse(text).unwrap().taxes().iter().map(|tax| (tax.rate, tax.of, tax.amount)).collect()
}

pub fn drive() {
    emit!(taxes("1 x 1.00 Soup 7%\n1 x 2.00 Beer 19%\n1 x 3.00 Bread 7%"));
    emit!(taxes("1 x 2.00 Beer 19%\n1 x 1.00 Soup 7%\n1 x 2.00 Wine 19%\n1 x 1.00 Book 0%\n2 x 1.00 Soup 7%"));
    emit!(taxes("1 x 0.08 A 7%\n1 x 0.01 B 19%\n1 x 0.08 C 7%\n1 x 0.01 D 19%"));
    let invoice = Invoice::parse("1 x 0.08 A 7%\n1 x 0.01 B 19%\n1 x 0.08 C 7%").unwrap();
    emit!(invoice.lines());
    emit!(invoice.gross());
}
