use tariff_calculator::Formula;

fn amount(text: &str) -> tariff_calculator::Amount {
    Formula::parse(text).unwrap().amount(&|_| None).unwrap()
}

pub fn drive() {
    let show = |text: &str| amount(text).to_string();
    let money = |text: &str| amount(text).money();
    emit!(["0.0001 * 0.5", "0.0001 * 0.4999", "0.0003 * 0.5"].map(show));
    emit!(["-0.0001 * 0.5", "-0.0001 * 0.4999", "-0.0003 * 0.5", "-3 * 0.3333"].map(show));
    emit!(["-0.0001 * -0.5", "-0.0003 * -0.5"].map(show));
    emit!(["2 / 3", "1 / 3", "0.0001 / 2", "0.0005 / 3", "0.0004 / 3"].map(show));
    emit!(["-2 / 3", "-1 / 3", "-0.0001 / 2", "-0.0004 / 3"].map(show));
    emit!(["2 / -3", "1 / -3", "0.0001 / -2", "-2 / -3", "-1 / -3", "-0.0001 / -2"].map(show));
    emit!(["0.0050", "0.0049", "1.2350", "1.2349", "7"].map(money));
    emit!(["-0.0050", "-0.0049", "-1.2350", "-1.2349", "-7"].map(money));
    emit!(["-0.5", "-0.05", "-100.10"].map(money));
}
