use mail_digest::{digest, Mail, Wish};

fn mail(id: u32, answers: Option<u32>, from: &str, subject: &str, time: u64, text: &str) -> Mail {
    Mail { id, answers, from: from.into(), subject: subject.into(), time, text: text.into() }
}

pub fn drive() {
    let mut seed: u64 = 9;
    let mut dice = |limit: u64| {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (seed >> 33) % limit
    };
    let people = ["Ada", "Bo", "Cy", "Dee", "Eva"];
    let words = ["the", "boat", "leaves", "at", "noon,", "\n", "\n\n", "\n> ", "and", "öäü", "perhaps", "\n--\n", "not"];
    for round in 0..6 {
        let mut mails = vec![];
        for id in 0..60 {
            let answers = (dice(3) > 0).then(|| dice(70) as u32);
            let text: Vec<&str> = (0..dice(40)).map(|_| words[dice(13) as usize]).collect();
            let subject = ["Re: boat", "boat", "Fwd: ", "harbour"][dice(4) as usize];
            mails.push(mail(id, answers, people[dice(5) as usize], subject, dice(5000), &text.join(" ")));
        }
        let muted = if round % 2 == 0 { vec![] } else { vec![people[round % 5].to_string()] };
        let text = digest(&mails, &Wish { since: dice(3000), muted, width: 8 + 6 * round, lines: 1 + round });
        let sum = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
        emit!((text.lines().next().map(str::to_string), text.len(), format!("{sum:016x}")));
    }
}
