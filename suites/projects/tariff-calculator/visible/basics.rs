use tariff_calculator::{Amount, Formula, Tariff};

pub fn drive() {
    emit!("12.50".parse::<Amount>().map(|amount| amount.to_string()));
    emit!(Formula::parse("2 + 3 * max(1, 4)").and_then(|formula| formula.amount(&|_| None)).map(|a| a.to_string()));
    let tariff = Tariff::parse("base = 9.90  # a month\nenergy = kwh * 0.2815\n").unwrap();
    emit!(tariff.bill(&[("kwh", "120")]));
    emit!(tariff.bill(&[]));
    emit!(Formula::parse("10 - 4 - 3").and_then(|formula| formula.amount(&|_| None)).map(|a| a.to_string()));
}
