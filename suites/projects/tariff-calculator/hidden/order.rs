use tariff_calculator::Formula;

fn show(text: &str) -> Result<String, String> {
    Formula::parse(text)?.amount(&|_| None).map(|amount| amount.to_string())
}

pub fn drive() {
    emit!(show("20 - 5 - 3"));
    emit!(show("20 - 5 + 3"));
    emit!(show("64 / 4 / 2"));
    emit!(show("64 / 4 * 2"));
    emit!(show("100 - 64 / 4 / 2 - 1 + 2 - 3"));
    emit!(show("20 - (5 - 3)"));
    emit!(show("30 - 2 * 3 * 2 - 1"));
    emit!(show("max(9 - 3 - 2, 1)"));
}
