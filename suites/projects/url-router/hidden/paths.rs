use url_router::method::Method;
use url_router::path::segments;

pub fn drive() {
    for path in ["/", "/a/b%20c/", "/a%2Fb", "/%c3%A9", "a", "", "//", "/a//b", "/a%2", "/%GG", "/%ff", "/%+1"] {
        emit!(segments(path));
    }
    emit!(format!("{} {}", Method::Get, Method::Options));
}
