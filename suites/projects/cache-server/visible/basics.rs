use cache_server::Server;

pub fn drive() {
    let server = Server::new(1000);
    let mut session = server.session();
    let mut ask = |text: &str, now| String::from_utf8(session.feed(text.as_bytes(), now)).unwrap();
    emit!(ask("set a 10 5\nhello\nget a b\n", 0));
    emit!(ask("get", 9));
    emit!(ask(" a\n", 9));
    emit!(ask("get a\n", 10));
    emit!(ask("set n 0 1\n7\nincr n 5\nstats\n", 11));
    emit!(server.session().feed(b"get n\n", 12) == b"value n 2\n12\nend\n");
    emit!(session.is_closed());
}
