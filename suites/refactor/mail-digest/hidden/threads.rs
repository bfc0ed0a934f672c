use mail_digest::{digest, Mail, Wish};

fn mail(id: u32, answers: Option<u32>, from: &str, subject: &str, time: u64, text: &str) -> Mail {
    Mail { id, answers, from: from.into(), subject: subject.into(), time, text: text.into() }
}

fn lines(mails: &[Mail], wish: &Wish) -> Vec<String> {
    digest(mails, wish).split('\n').map(str::to_string).collect()
}

pub fn drive() {
    let wish = Wish { since: 0, muted: vec![], width: 60, lines: 9 };
    let order = [
        mail(5, Some(4), "Eva", "Re: late", 10, "before its parent in time"),
        mail(4, None, "Dan", "late", 50, "b"),
        mail(6, Some(4), "Fay", "Re: late", 50, "c"),
        mail(3, Some(6), "Cy", "Other words", 50, "d"),
        mail(9, Some(77), "Ida", "AW: lost parent", 20, "e"),
        mail(8, Some(8), "Hal", "myself", 50, "f"),
        mail(2, Some(9), "Bo", "", 1500, "g"),
    ];
    emit!(lines(&order, &wish));
    let mut turned = order.clone();
    turned.reverse();
    emit!(lines(&turned, &wish));
    for subject in ["Re: RE: re: x", "  Fwd:AW:Re:y ", "Re:", "", "   ", "Reply: z", "re : z", "Fwd: fwd: Straße: Re: a", "FWD:re:", "İre: x"] {
        emit!(lines(&[mail(1, None, "A", subject, 0, "")], &wish));
    }
    let twice = [mail(1, None, "A", "a", 5, "one"), mail(1, None, "B", "b", 4, "two"), mail(2, Some(1), "C", "c", 1439, "three")];
    emit!(lines(&twice, &wish));
}
