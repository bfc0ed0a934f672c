use price_lists::{for_customers, for_shops, for_the_till, Plant};

pub fn drive() {
    let plant = |name: &str, price, count, code| Plant { name: name.into(), price, count, code };
    let plants = [plant("Thyme", 350, 42, 7), plant("Basil", 299, 4, 12), plant("Sage", 400, 0, 3)];
    emit!(for_customers(&plants).lines().collect::<Vec<_>>());
    emit!(for_shops(&plants, true).lines().collect::<Vec<_>>());
    emit!(for_the_till(&plants).lines().collect::<Vec<_>>());
}
