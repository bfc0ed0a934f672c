use mail_digest::{digest, Mail, Wish};

fn mail(id: u32, answers: Option<u32>, from: &str, subject: &str, time: u64, text: &str) -> Mail {
    Mail { id, answers, from: from.into(), subject: subject.into(), time, text: text.into() }
}

fn lines(mails: &[Mail], wish: &Wish) -> Vec<String> {
    digest(mails, wish).split('\n').map(str::to_string).collect()
}

pub fn drive() {
    let texts = [
        "one two three four five six",
        "\n\n one\n\n\n\ntwo  \n \nthree\n\n",
        "> quoted\nmine\n >not quoted\n>again\n\n> and\nmore",
        "text\n--\nsignature",
        "text\n-- \nsignature",
        "text\n --\n--x\n---",
        "-- \n",
        ">only\n>quoted",
        "averyverylongwordindeed and ümläüte ööö äää üüü",
        "   \t  ",
        "a\r\nb\r\n\r\nc",
        "1\n2\n3\n\n4\n5",
        "",
    ];
    for text in texts {
        for (width, count) in [(10, 3), (1, 2), (80, 0), (13, 100)] {
            let wish = Wish { since: 0, muted: vec![], width, lines: count };
            emit!(lines(&[mail(1, None, "A", "s", 0, text)], &wish)[3..].to_vec());
        }
    }
}
