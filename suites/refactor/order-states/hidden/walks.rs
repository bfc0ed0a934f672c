use order_states::{Book, Order};

pub fn drive() {
    let mut seed: u64 = 5;
    let mut dice = |limit: u64| {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (seed >> 33) % limit
    };
    let mut book = Book::new();
    for number in 1..=40 {
        book.add(Order::new(number, dice(1000), 0));
    }
    let (mut done, mut refused) = (0, vec![]);
    for day in 0..600 {
        let event = ["pay", "send", "arrive", "return", "refund", "cancel"][dice(6) as usize];
        match book.happen(1 + dice(42) as u32, event, day / 10) {
            Ok(()) => done += 1,
            Err(error) => refused.push(error),
        }
        if day % 150 == 149 {
            emit!((done, refused.len(), refused.last().cloned(), book.tidy(day / 10), book.states(), book.ours()));
        }
    }
    let told: Vec<&str> = (1..=40).map(|number| book.order(number).unwrap().tell()).collect();
    emit!(told.iter().map(|words| words.len()).collect::<Vec<_>>());
}
