use url_router::method::Method::{self, *};
use url_router::router::{Answer, Router};

fn show(answer: Answer) -> String {
    let list = |word: &str, methods: Vec<Method>| methods.iter().fold(word.to_string(), |text, method| format!("{text} {method}"));
    match answer {
        Answer::Found { handler, captures } => {
            captures.iter().fold(handler, |text, (name, value)| format!("{text} {name}={value}"))
        }
        Answer::Options(methods) => list("options", methods),
        Answer::NotAllowed(methods) => list("not allowed", methods),
        Answer::Redirect(target) => format!("redirect {target}"),
        Answer::NotFound => "not found".to_string(),
        Answer::Bad => "bad".to_string(),
    }
}

fn router(routes: &[(Method, &str)]) -> Router {
    let mut router = Router::new();
    for (method, pattern) in routes {
        router.add(*method, pattern, &format!("<{pattern}>")).unwrap_or_else(|error| panic!("{error}"));
    }
    router
}

pub fn drive() {
    let mut main = router(&[(Get, "/shop/{name}"), (Get, "/shop/all/{rest*}")]);
    emit!(main.mount("/shop/{shop:int}", router(&[(Get, "/"), (Post, "/"), (Get, "/items/{id}"), (Get, "/items/"), (Get, "/{rest*}")])));
    for target in ["/shop/7", "/shop/x", "/shop/7/items/3", "/shop/7/items/", "/shop/7/", "/shop/7/a/b", "/shop/x/", "/items/3"] {
        emit!(show(main.find(Get, target)));
    }
    for bad in ["/p/", "/", "", "p", "/{r*}", "/a//b", "/{x"] {
        emit!(main.mount(bad, Router::new()));
    }
    emit!(main.mount("/{id}", router(&[(Get, "/x"), (Get, "/{id}"), (Get, "/{id}/{id2}")])));
    emit!(main.mount("/shop", router(&[(Get, "/new"), (Get, "/{name}"), (Put, "/{name}")])));
    emit!(main.mount("/shop", router(&[(Get, "/new"), (Put, "/{shop}"), (Get, "/{shop}")])));
    emit!([show(main.find(Get, "/x/x")), show(main.find(Put, "/shop/new")), show(main.find(Get, "/shop/new"))]);
    emit!(main.mount("/shop", router(&[(Put, "/{name}"), (Get, "/new"), (Get, "/{shop:hex}")])));
    emit!([show(main.find(Put, "/shop/new")), show(main.find(Get, "/shop/new")), show(main.find(Get, "/shop/ab"))]);
    let mut outer = router(&[]);
    let mut inner = router(&[(Get, "/x")]);
    emit!(inner.mount("/in", router(&[(Get, "/"), (Get, "/y")])));
    emit!(outer.mount("/out", inner));
    emit!(["/out/x", "/out/in", "/out/in/y", "/in/y"].map(|target| show(outer.find(Get, target))));
    emit!(main.mount("/v{n:int}", outer));
    emit!(show(main.find(Get, "/v2/out/in/y")));
}
