//! Tariffs: the items of a bill.

use crate::amount::Amount;
use crate::formula::Formula;

/// Items with their formulas, in the order of the bill.
#[derive(Debug)]
pub struct Tariff {
    items: Vec<(String, Formula)>,
}

impl Tariff {
    /// Reads a tariff: a line `name = formula` an item.
    pub fn parse(text: &str) -> Result<Tariff, String> {
        let mut items: Vec<(String, Formula)> = Vec::new();
        for (number, line) in text.lines().enumerate() {
            let line = line.split('#').next().unwrap_or("").trim();
            if line.is_empty() {
                continue;
            }
            let fail = |what: String| format!("line {}: {what}", number + 1);
            let (name, formula) = line.split_once('=').ok_or(fail("no = in it".to_string()))?;
            let (name, formula) = (name.trim(), formula.trim());
            if items.iter().any(|(other, _)| other == name) {
                return Err(fail(format!("{name} stands twice")));
            }
            items.push((name.to_string(), Formula::parse(formula).map_err(fail)?));
        }
        Ok(Tariff { items })
    }

    /// The bill for some readings: its items and their total.
    pub fn bill(&self, readings: &[(&str, &str)]) -> Result<Vec<(String, String)>, String> {
        let mut values: Vec<(String, Amount)> = Vec::new();
        for (name, reading) in readings {
            values.push((name.to_string(), reading.parse()?));
        }
        let mut bill = Vec::new();
        let mut total = Amount::default();
        for (name, formula) in &self.items {
            let value = |wanted: &str| values.iter().rev().find(|(name, _)| name == wanted).map(|(_, amount)| *amount);
            let amount = formula.amount(&value).map_err(|error| format!("{name}: {error}"))?;
            values.push((name.clone(), amount));
            if !name.starts_with('_') {
                bill.push((name.clone(), amount.money()));
                total = total.add(amount.to_cents());
            }
        }
        bill.push(("total".to_string(), total.money()));
        Ok(bill)
    }
}
