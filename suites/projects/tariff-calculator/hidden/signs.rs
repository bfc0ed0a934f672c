use tariff_calculator::{Amount, Formula};

fn read(text: &str) -> Result<String, String> {
    text.parse::<Amount>().map(|amount| amount.to_string())
}

pub fn drive() {
    emit!(read("-0.5"));
    emit!(read("-0.0500"));
    emit!(read("-12.05"));
    emit!(read("-3"));
    emit!(read("-0"));
    emit!(read("0.0001"));
    emit!(["", "-", ".5", "1.", "+1", "--1", "1e3", "1.00000", " 1", "1.-5"].map(read));
    let credit = |_: &str| "-0.25".parse().ok();
    emit!(Formula::parse("credit + 1").and_then(|formula| formula.amount(&credit)).map(|a| a.to_string()));
    emit!(Formula::parse("-credit").and_then(|formula| formula.amount(&credit)).map(|a| a.to_string()));
    emit!(Formula::parse("2 - -0.5").and_then(|formula| formula.amount(&credit)).map(|a| a.to_string()));
    emit!(Formula::parse("--0.5 * -1").and_then(|formula| formula.amount(&credit)).map(|a| a.to_string()));
    emit!(Formula::parse("-band(3, 1, 2)").and_then(|formula| formula.amount(&credit)).map(|a| a.to_string()));
}
