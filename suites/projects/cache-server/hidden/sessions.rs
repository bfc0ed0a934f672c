use cache_server::{Server, Session};

fn ask(session: &mut Session, text: &str) -> String {
    String::from_utf8(session.feed(text.as_bytes(), 1)).unwrap()
}

pub fn drive() {
    let server = Server::new(600);
    let mut one = server.session();
    let script = "set a 0 9\nget a\nend\nadd a 0 2\nhm\nget a x a\ndelete a\ndelete a\ntouch a 4\nset a 0 0\n\ntouch a 0\n\
                  get a\nGET a\nget\n incr  a  1 \nincr b 1\nset n 0 2\n41\nincr n 1\n";
    let whole = ask(&mut one, script);
    emit!(whole.lines().map(str::to_string).collect::<Vec<_>>());
    let mut two = Server::new(600).session();
    let mut pieces = String::new();
    for byte in script.bytes() {
        pieces += &String::from_utf8(two.feed(&[byte], 1)).unwrap();
    }
    emit!(pieces == whole);
    emit!((two.waiting(), two.feed(b"stat", 1).len(), two.waiting(), two.feed(b"s", 1).len(), two.waiting()));
    emit!(two.feed(b"\nset b 0 10\n12345\n789", 1).len());
    emit!(two.waiting());
    emit!(ask(&mut two, "0"));
    emit!(ask(&mut two, "\n"));
    emit!(two.feed(b"set bytes 0 4\n\x00\xff\r\n\nget bytes\n", 1));

    let mut three = Server::new(100).session();
    emit!(ask(&mut three, "set a 0 1\n1\nset a 0 5000\n"));
    emit!((three.feed(&[b'\n'; 4000], 1).len(), three.waiting()));
    emit!(ask(&mut three, "get a"));
    emit!(three.feed(&[b'\n'; 995], 1).len());
    emit!(ask(&mut three, "\nget a\nadd b 0 68\n"));
    emit!(ask(&mut three, &format!("{}\nset b 0 1\n2\nadd b 0 68\n{}\nget b\n", "x".repeat(68), "x".repeat(68))));
    emit!(ask(&mut three, "set b 0 18446744073709551615\nabc").len());
    emit!((three.waiting(), three.is_closed()));

    let server = Server::new(1000);
    let mut session = server.session();
    ask(&mut session, "set a 0 1\n1\n");
    emit!(ask(&mut session, "set a 0 3\n1234\nget a\n"));
    emit!((session.is_closed(), ask(&mut session, "get a\n"), session.waiting()));
    emit!(ask(&mut server.session(), "get a\n"));
    let mut session = server.session();
    emit!((ask(&mut session, "set a 0\nget a\n"), session.is_closed()));
    let mut session = server.session();
    emit!((ask(&mut session, "get \u{e9}\nquit\nget a\n"), session.is_closed()));
    let mut session = server.session();
    emit!(ask(&mut session, &format!("get a{}\n", " ".repeat(507))));
    emit!((ask(&mut session, &format!("get a{}", " ".repeat(507))), session.waiting()));
    emit!((ask(&mut session, " "), session.is_closed(), session.waiting(), ask(&mut session, "\nget a\n")));
    let mut session = server.session();
    emit!(ask(&mut session, &format!("get a\n{}\nget a\n", "x".repeat(600))));
    emit!(ask(&mut server.session(), "set a 0 3\n12"));
    emit!(ask(&mut server.session(), "get a\nincr a 18446744073709551615\nset a 0 1\nx\nincr a 1\n"));
}
