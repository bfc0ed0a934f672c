use std::collections::VecDeque;

#[derive(Debug, PartialEq, Eq)]
pub struct Backwards;

pub struct LevelLog {
    most: usize,
    readings: VecDeque<(u32, i32)>,
}

impl LevelLog {
    pub fn new(most: usize) -> Self {
        LevelLog { most, readings: VecDeque::new() }
    }

    pub fn record(&mut self, minute: u32, level: i32) -> Result<(), Backwards> {
        match self.readings.back_mut() {
            Some((last, _)) if *last > minute => return Err(Backwards),
            Some((last, reading)) if *last == minute => {
                *reading = level;
                return Ok(());
            }
            _ => {}
        }
        if self.readings.len() == self.most {
            self.readings.pop_front();
        }
        self.readings.push_back((minute, level));
        Ok(())
    }

    pub fn mean(&self) -> Option<i32> {
        let count = self.readings.len() as i64;
        if count == 0 {
            return None;
        }
        let sum: i64 = self.readings.iter().map(|&(_, level)| i64::from(level)).sum();
        // half of the count, with the sign of the sum: division cuts toward zero
        let half = sum.signum() * count;
        Some(((2 * sum + half) / (2 * count)) as i32)
    }

    pub fn rising(&self) -> bool {
        let levels: Vec<i32> = self.readings.iter().rev().take(3).map(|&(_, level)| level).collect();
        levels.len() == 3 && levels[0] > levels[1] && levels[1] > levels[2]
    }

    pub fn at(&self, minute: u32) -> Option<i32> {
        let behind = self.readings.iter().position(|&(later, _)| later >= minute)?;
        let (later, high) = self.readings[behind];
        if later == minute {
            return Some(high);
        }
        // nothing lies before the first reading
        let (earlier, low) = self.readings[behind.checked_sub(1)?];
        let (span, gone) = (i64::from(later - earlier), i64::from(minute - earlier));
        let exact = i64::from(low) * (span - gone) + i64::from(high) * gone;
        Some((exact / span) as i32)
    }
}
