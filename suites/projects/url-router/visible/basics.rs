use url_router::method::Method::{Delete, Get, Head, Options, Post};
use url_router::pattern::Pattern;
use url_router::router::{Answer, Router};

pub fn drive() {
    let pattern = Pattern::parse("/img/{name}.png").unwrap();
    emit!(pattern.captures(&["img".to_string(), "cat.png".to_string()]));
    emit!(pattern.captures(&["img".to_string(), ".png".to_string()]));
    emit!(Pattern::parse("/a/{b").err());
    let mut router = Router::new();
    emit!(router.add(Get, "/users/{id:int}", "show"));
    emit!(router.add(Get, "/users/new", "form"));
    emit!(router.add(Post, "/users/{id:int}", "change"));
    emit!(router.add(Post, "/users/{number:int}", "again"));
    for target in ["/users/7?full=1", "/users/new", "/users/old"] {
        emit!(match router.find(Get, target) {
            Answer::Found { handler, captures } => format!("{handler} {captures:?}"),
            other => format!("{other:?}"),
        });
    }
    emit!(router.find(Delete, "/users/7") == Answer::NotAllowed(vec![Get, Head, Post, Options]));
    emit!(router.find(Get, "/users/7/?a") == Answer::Redirect("/users/7?a".to_string()));
}
