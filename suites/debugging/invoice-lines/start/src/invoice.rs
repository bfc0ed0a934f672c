use crate::cents::{parse_cents, show_cents};

/// What is paid for, `count` times.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Item {
    count: u64,
    price: u64,
    text: String,
    rate: u64,
}

/// The tax of one rate: of what sum, and how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tax {
    pub rate: u64,
    pub of: u64,
    pub amount: u64,
}

/// Items in the order of their lines. Prices are without tax.
#[derive(Debug, Clone, Default)]
pub struct Invoice {
    items: Vec<Item>,
}

impl Invoice {
    /// Reads lines like `3 x 12.50 Sandwiches 7%`; empty ones are passed over.
    pub fn parse(text: &str) -> Result<Invoice, String> {
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let items = lines.map(|(at, line)| item(line).ok_or(format!("line {} is no item", at + 1)));
        Ok(Invoice { items: items.collect::<Result<_, _>>()? })
    }

    /// The sum without taxes.
    pub fn net(&self) -> u64 {
        self.items.iter().map(|item| item.count * item.price).sum()
    }

    /// The taxes, one of each rate, in the order in which the rates come first. A tax is rounded once, to the
    /// nearest cent, half a cent up.
    pub fn taxes(&self) -> Vec<Tax> {
        let mut taxes: Vec<Tax> = Vec::new();
        for item in &self.items {
            let of = item.count * item.price;
            match taxes.last_mut().filter(|tax| tax.rate == item.rate) {
                Some(tax) => tax.of += of,
                None => taxes.push(Tax { rate: item.rate, of, amount: 0 }),
            }
        }
        for tax in &mut taxes {
            tax.amount = (tax.of * tax.rate + 50) / 100;
        }
        taxes
    }

    /// The sum with taxes.
    pub fn gross(&self) -> u64 {
        self.net() + self.taxes().iter().map(|tax| tax.amount).sum::<u64>()
    }

    /// The printed invoice.
    pub fn lines(&self) -> Vec<String> {
        let items = self.items.iter().map(|item| format!("{} {}", show_cents(item.count * item.price), item.text));
        let taxes = self.taxes();
        let taxes = taxes.iter().map(|tax| format!("{} {}% of {}", show_cents(tax.amount), tax.rate, show_cents(tax.of)));
        items.chain(taxes).chain([format!("{} to pay", show_cents(self.gross()))]).collect()
    }
}

fn item(line: &str) -> Option<Item> {
    let (count, rest) = line.trim().split_once(" x ")?;
    let (price, rest) = rest.trim().split_once(' ')?;
    let (text, rate) = rest.trim().rsplit_once(' ')?;
    Some(Item {
        count: count.trim().parse().ok()?,
        price: parse_cents(price)?,
        text: text.trim().to_string(),
        rate: rate.strip_suffix('%')?.parse().ok()?,
    })
}
