use mail_digest::{digest, Mail, Wish};

fn mail(id: u32, answers: Option<u32>, from: &str, subject: &str, time: u64, text: &str) -> Mail {
    Mail { id, answers, from: from.into(), subject: subject.into(), time, text: text.into() }
}

fn lines(mails: &[Mail], wish: &Wish) -> Vec<String> {
    digest(mails, wish).split('\n').map(str::to_string).collect()
}

pub fn drive() {
    let wish = Wish { since: 0, muted: vec![], width: 30, lines: 2 };
    let mails = [
        mail(1, None, "Ada", "Picnic", 600, "Shall we go on Sunday?\nI bring the bread."),
        mail(2, Some(1), "Bo", "Re: Picnic", 700, "> Shall we go on Sunday?\nYes!"),
    ];
    emit!(lines(&mails, &wish));
    emit!(lines(&[], &wish));
}
