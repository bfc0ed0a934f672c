use crate::stock::Plant;

/// What customers see: what is there, by name, with prices to the cent and a star for what is nearly sold out.
pub fn for_customers(plants: &[Plant]) -> String {
    list(plants, false, false, true, false, false)
}

/// What shops see: all plants, by price, without tax and with a tenth off, in lots of ten.
pub fn for_shops(plants: &[Plant], with_total: bool) -> String {
    list(plants, true, true, false, with_total, false)
}

/// What the till reads: codes instead of names, prices in cents, by code.
pub fn for_the_till(plants: &[Plant]) -> String {
    list(plants, true, false, false, false, true)
}

fn list(plants: &[Plant], all: bool, trade: bool, stars: bool, with_total: bool, codes: bool) -> String {
    let mut plants: Vec<&Plant> = plants.iter().collect();
    if !all {
        plants.retain(|plant| plant.count > 0);
    }
    if codes {
        plants.sort_by_key(|plant| plant.code);
    } else if trade {
        plants.sort_by(|a, b| trade_price(a.price).cmp(&trade_price(b.price)).then_with(|| a.name.cmp(&b.name)));
    } else {
        plants.sort_by(|a, b| a.name.cmp(&b.name));
    }
    let mut out = String::new();
    let mut total = 0;
    for plant in plants {
        if codes {
            out.push_str(&format!("{:06};{}\n", plant.code, plant.price));
        } else {
            let price = if trade { trade_price(plant.price) * 10 } else { plant.price };
            total += price * u64::from(plant.count / if trade { 10 } else { 1 });
            out.push_str(&format!("{:<16}{:>5}.{:02}", plant.name, price / 100, price % 100));
            if stars && plant.count < 5 {
                out.push_str(" *");
            }
            if trade {
                out.push_str(&format!("  {} lots", plant.count / 10));
            }
            out.push('\n');
        }
    }
    if with_total {
        out.push_str(&format!("{:<16}{:>5}.{:02}\n", "all of it", total / 100, total % 100));
    }
    out
}

/// The price without 7 % of tax, less a tenth; fractions of a cent are dropped.
fn trade_price(price: u64) -> u64 {
    price * 100 / 107 * 9 / 10
}
