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

pub fn drive() {
    let mut router = Router::new();
    for (method, pattern) in
        [(Get, "/a"), (Post, "/b/"), (Get, "/c/{x}"), (Get, "/c/new/"), (Get, "/d/{r*}"), (Get, "/e/{x:int}/"), (Get, "/é x")]
    {
        router.add(method, pattern, pattern).unwrap_or_else(|error| panic!("{error}"));
    }
    let find = |method, target: &str| show(router.find(method, target));
    emit!([find(Get, "/a/"), find(Get, "/a/?"), find(Get, "/a/?b/=1?"), find(Get, "/a?/")]);
    emit!([find(Get, "/b"), find(Options, "/b?q"), find(Get, "/b/")]);
    emit!([find(Get, "/c/new"), find(Get, "/c/new/"), find(Get, "/c/old/")]);
    emit!([find(Get, "/d"), find(Get, "/d/"), find(Get, "/d/x/")]);
    emit!([find(Get, "/e/5"), find(Get, "/e/x"), find(Get, "/e/")]);
    emit!([find(Get, "/%C3%A9%20x/?%"), find(Get, "/é x/")]);
    emit!([find(Get, "/"), find(Get, "//"), find(Get, "/a//"), find(Get, "/?x")]);
    let mut root = Router::new();
    root.add(Get, "/", "root").unwrap();
    emit!([show(root.find(Get, "/")), show(root.find(Get, "")), show(root.find(Get, "/a")), show(root.find(Put, "/?"))]);
}
