use mail_digest::{digest, Mail, Wish};

fn mail(id: u32, answers: Option<u32>, from: &str, subject: &str, time: u64, text: &str) -> Mail {
    Mail { id, answers, from: from.into(), subject: subject.into(), time, text: text.into() }
}

fn lines(mails: &[Mail], wish: &Wish) -> Vec<String> {
    digest(mails, wish).split('\n').map(str::to_string).collect()
}

pub fn drive() {
    let mails = [
        mail(1, None, "Ada", "one", 100, "a"),
        mail(2, Some(1), "Bo", "Re: one", 200, "b"),
        mail(3, None, "Bo", "two", 210, "c"),
        mail(4, Some(3), "Ada", "Re: two", 220, "d"),
        mail(5, Some(2), "Cy", "Re: one", 300, "e"),
        mail(6, None, "Dee", "three", 2900, "f"),
    ];
    for since in [0, 100, 101, 201, 300, 301, 2901] {
        for muted in [&[][..], &["Bo"], &["Ada"], &["Cy", "Dee"], &["ada"], &["Ada", "Bo", "Dee"]] {
            let muted = muted.iter().map(|name| name.to_string()).collect();
            emit!(lines(&mails, &Wish { since, muted, width: 40, lines: 3 }));
        }
    }
}
