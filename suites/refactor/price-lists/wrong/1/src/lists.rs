use crate::stock::Plant;

/// What customers see: what is there, by name, with prices to the cent and a star for what is nearly sold out.
pub fn for_customers(plants: &[Plant]) -> String {
    let mut plants: Vec<&Plant> = plants.iter().filter(|plant| plant.count > 0).collect();
    plants.sort_by(|a, b| a.name.cmp(&b.name));
    let line = |plant: &&Plant| {
        let star = if plant.count < 5 { " *" } else { "" };
        format!("{}{star}\n", priced(&plant.name, plant.price))
    };
    plants.iter().map(line).collect()
}

/// What shops see: all plants, by price, without tax and with a tenth off, in lots of ten.
pub fn for_shops(plants: &[Plant], with_total: bool) -> String {
    let mut lots: Vec<Lots> = plants.iter().map(Lots::of).collect();
    lots.sort_by(|a, b| a.price.cmp(&b.price));
    let line = |lots: &Lots| format!("{}  {} lots\n", priced(lots.name, lots.price), lots.count);
    let mut out: String = lots.iter().map(line).collect();
    if with_total {
        let total = lots.iter().map(|lots| lots.price * lots.count).sum();
        out.push_str(&priced("all of it", total));
        out.push('\n');
    }
    out
}

/// What the till reads: codes instead of names, prices in cents, by code.
pub fn for_the_till(plants: &[Plant]) -> String {
    let mut plants: Vec<&Plant> = plants.iter().collect();
    plants.sort_by_key(|plant| plant.code);
    plants.iter().map(|plant| format!("{:06};{}\n", plant.code, plant.price)).collect()
}

/// Lots of ten plants of a kind, with the price of one lot for shops.
struct Lots<'a> {
    name: &'a str,
    price: u64,
    count: u64,
}

impl Lots<'_> {
    fn of(plant: &Plant) -> Lots<'_> {
        Lots { name: &plant.name, price: trade_price(plant.price) * 10, count: u64::from(plant.count / 10) }
    }
}

/// A name and an amount in their columns.
fn priced(name: &str, cents: u64) -> String {
    format!("{name:<16}{:>5}.{:02}", cents / 100, cents % 100)
}

/// The price without 7 % of tax, less a tenth; fractions of a cent are dropped.
fn trade_price(price: u64) -> u64 {
    price * 100 / 107 * 9 / 10
}
