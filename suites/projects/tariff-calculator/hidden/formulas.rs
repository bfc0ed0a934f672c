use tariff_calculator::{Formula, Tariff};

fn show(text: &str) -> Result<String, String> {
    let value = |name: &str| match name {
        "kwh" => "250.5".parse().ok(),
        "größe_2" => "3".parse().ok(),
        _ => None,
    };
    Formula::parse(text)?.amount(&value).map(|amount| amount.to_string())
}

pub fn drive() {
    emit!(show("1 + 2 * 3"));
    emit!(show("(1 + 2) * 3"));
    emit!(show("kwh+größe_2"));
    emit!(show("min(4, 2 + 1, 7) * max(5)"));
    emit!(show("band(kwh, 100, 200) + band(kwh, 200, 1000)"));
    emit!(show("band(50, 100, 200)"));
    emit!(show("1 / 4"));
    emit!(show("7 / (3 - 3)"));
    emit!(show("2 * water"));
    emit!(show("2 * (3 + 4"));
    emit!(show("größe_2 ) 4"));
    emit!(show("2 * * 3"));
    emit!(show("3 € 4"));
    emit!(show("1.23456 + 2"));
    emit!(show("2 + sum(3)"));
    emit!(show("band(1, 2)"));
    emit!(show(""));
    emit!(Tariff::parse("a = 1\n\n# nothing\na = 2").map(|_| ()));
    emit!(Tariff::parse("a = 1\nb 2").map(|_| ()));
    emit!(Tariff::parse("a = (1 +\n").map(|_| ()));
    emit!(Tariff::parse("").and_then(|tariff| tariff.bill(&[("kwh", "x")])));
}
