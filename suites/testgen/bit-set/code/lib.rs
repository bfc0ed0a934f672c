//! Sets of small numbers.

/// A set of the numbers below a size.
#[derive(Debug, Clone)]
pub struct BitSet {
    size: usize,
    words: Vec<u64>,
}

impl BitSet {
    /// An empty set.
    pub fn new(size: usize) -> Self {
        let words = vec![0; size.div_ceil(64)];
        BitSet { size, words }
    }

    /// Puts a number in.
    pub fn insert(&mut self, n: usize) -> bool {
        if n >= self.size || self.contains(n) {
            return false;
        }
        self.words[n / 64] |= 1 << (n % 64);
        true
    }

    /// Takes a number out.
    pub fn remove(&mut self, n: usize) -> bool {
        if !self.contains(n) {
            return false;
        }
        self.words[n / 64] &= !(1 << (n % 64));
        true
    }

    /// Whether a number is in.
    pub fn contains(&self, n: usize) -> bool {
        n < self.size && self.words[n / 64] >> (n % 64) & 1 == 1
    }

    /// Puts neighbours in.
    pub fn insert_range(&mut self, from: usize, to: usize) -> usize {
        (from..to.min(self.size)).filter(|&n| self.insert(n)).count()
    }

    /// How many are in.
    pub fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether none is in.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The smallest from a number on.
    pub fn first_from(&self, n: usize) -> Option<usize> {
        (n..self.size).find(|&n| self.contains(n))
    }

    /// The smallest that is not in.
    pub fn first_missing(&self) -> Option<usize> {
        (0..self.size).find(|&n| !self.contains(n))
    }

    /// Puts all of another set in.
    pub fn union(&mut self, other: &BitSet) {
        for n in 0..self.size {
            if other.contains(n) {
                self.insert(n);
            }
        }
    }

    /// Takes all of another set out.
    pub fn minus(&mut self, other: &BitSet) {
        for n in 0..self.size {
            if other.contains(n) {
                self.remove(n);
            }
        }
    }

    /// Runs of neighbours.
    pub fn runs(&self) -> Vec<(usize, usize)> {
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for n in (0..self.size).filter(|&n| self.contains(n)) {
            match runs.last_mut() {
                Some((_, last)) if *last + 1 == n => *last = n,
                _ => runs.push((n, n)),
            }
        }
        runs
    }
}
