use cache_server::Command;

fn parse(line: &str) -> Result<String, String> {
    Command::parse(line.as_bytes()).map(|command| format!("{command:?}")).map_err(|error| format!("{error}: {error:?}"))
}

pub fn drive() {
    emit!(parse("get a  b "));
    emit!(parse("add key 5 18446744073709551615"));
    emit!(parse("set key 5 18446744073709551616"));
    emit!(parse("touch a 7"));
    emit!(parse("incr a -7"));
    emit!(parse("delete café"));
    emit!(parse(&format!("delete {}", "k".repeat(64))).is_ok());
    emit!(parse(&format!("delete {}", "k".repeat(65))));
    emit!(parse("stats all"));
    emit!(parse(""));
    emit!(parse("GET a"));
}
