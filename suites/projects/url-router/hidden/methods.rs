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
    let mut add = |method, pattern: &str, handler: &str| router.add(method, pattern, handler);
    emit!(add(Get, "/a/{x}", "get-x"));
    emit!(add(Post, "/a/{x}", "post-x"));
    emit!(add(Get, "/a/{x}", "twice"));
    emit!(add(Put, "/a/{y}", "put-y"));
    emit!(add(Get, "/a/{y", "bad"));
    emit!(add(Delete, "/a/b", "delete-b"));
    emit!(add(Put, "/a/{all*}", "put-all"));
    emit!(add(Head, "/a/{all*}", "head-all"));
    emit!(add(Head, "/h", "head-h"));
    emit!(add(Get, "/h", "get-h"));
    emit!(add(Options, "/o", "options-o"));
    emit!(add(Post, "/p/{n:int}", "post-p"));
    let find = |method, target: &str| show(router.find(method, target));
    emit!([find(Get, "/a/b"), find(Delete, "/a/b"), find(Put, "/a/b"), find(Post, "/a/b")]);
    emit!(find(Head, "/a/b"));
    emit!(find(Head, "/a/b/c"));
    emit!([find(Head, "/h"), find(Get, "/h")]);
    emit!(find(Patch, "/a/b"));
    emit!(find(Options, "/a/b"));
    emit!(find(Patch, "/a/c"));
    emit!(find(Get, "/a/b/c"));
    emit!([find(Options, "/o"), find(Get, "/o")]);
    emit!([find(Options, "/p/1"), find(Head, "/p/1"), find(Get, "/p/x"), find(Options, "/p/x")]);
    emit!([find(Get, "a"), find(Get, "?/h"), find(Patch, "//"), find(Get, "/h%"), find(Get, "/%68?%"), find(Get, "/h?x/?")]);
}
