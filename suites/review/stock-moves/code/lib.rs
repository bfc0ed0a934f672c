use std::collections::BTreeMap;

#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub enum StockError {
    TooMuch,
    TooLittle,
}

#[derive(Default)]
pub struct Stock {
    places: BTreeMap<String, BTreeMap<String, u32>>,
}

impl Stock {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn add(&mut self, place: &str, article: &str, amount: u32) -> Result<(), StockError> {
        let has = self.amount(place, article);
        let sum = has.checked_add(amount).ok_or(StockError::TooMuch)?;
        self.set(place, article, sum);
        Ok(())
    }

    pub fn take(&mut self, place: &str, article: &str, amount: u32) -> Result<(), StockError> {
        let has = self.amount(place, article);
        let rest = has.checked_sub(amount).ok_or(StockError::TooLittle)?;
        self.set(place, article, rest);
        Ok(())
    }

    pub fn transfer(&mut self, from: &str, to: &str, article: &str, amount: u32) -> Result<(), StockError> {
        // taking first makes room where both are one place
        self.take(from, article, amount)?;
        if let Err(error) = self.add(to, article, amount) {
            self.put_back(from, article, amount);
            return Err(error);
        }
        Ok(())
    }

    pub fn at(&self, place: &str) -> Vec<(String, u32)> {
        let amounts = self.places.get(place);
        amounts.into_iter().flatten().map(|(article, amount)| (article.clone(), *amount)).collect()
    }

    pub fn total(&self, article: &str) -> u64 {
        let of_place = |amounts: &BTreeMap<String, u32>| {
            u64::from(amounts.get(article).copied().unwrap_or(0))
        };
        self.places.values().map(of_place).sum()
    }

    fn amount(&self, place: &str, article: &str) -> u32 {
        self.places.get(place).and_then(|amounts| amounts.get(article)).copied().unwrap_or(0)
    }

    fn put_back(&mut self, place: &str, article: &str, amount: u32) {
        let has = self.amount(place, article);
        self.set(place, article, has + amount);
    }

    fn set(&mut self, place: &str, article: &str, amount: u32) {
        let amounts = self.places.entry(place.to_string()).or_default();
        if amount == 0 {
            amounts.remove(article);
        } else {
            amounts.insert(article.to_string(), amount);
        }
    }
}
