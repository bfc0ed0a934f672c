use tariff_calculator::Tariff;

pub fn drive() {
    let tariff = Tariff::parse(
        "_unit = 1 / 3\n\
         low = band(kwh, 0, 100) * _unit\n\
         high = band(kwh, 100, 100000) * 0.1255 # from 100 on\n\
         tax = (low + high) * 0.07",
    )
    .unwrap();
    emit!(tariff.bill(&[("kwh", "0.75")]));
    emit!(tariff.bill(&[("kwh", "101")]));
    emit!(tariff.bill(&[("kwh", "150"), ("kwh", "200")]));
    let thirds = Tariff::parse("a = 1 / 3\nb = a\nc = a\n").unwrap();
    emit!(thirds.bill(&[]));
    let halves = Tariff::parse("a = 0.005\nb = a\nc = -(a + b)\n_d = 100").unwrap();
    emit!(halves.bill(&[]));
    let discounts = Tariff::parse("price = 80\nprice_1 = price - 5 - 2.5\ncredit = credit\nrate = price_1 / 2 / 5 * credit").unwrap();
    emit!(discounts.bill(&[("credit", "-0.333"), ("price", "1")]));
    let broken = Tariff::parse("a = 1\nb = c / (a - 1)\nc = 2").unwrap();
    emit!(broken.bill(&[]));
    emit!(broken.bill(&[("c", "-0.1")]));
}
