use url_router::method::Method;
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

fn first(patterns: &[&str], target: &str) -> [String; 2] {
    let ways: [Vec<&str>; 2] = [patterns.to_vec(), patterns.iter().rev().copied().collect()];
    ways.map(|patterns| {
        let mut router = Router::new();
        for pattern in patterns {
            router.add(Method::Get, pattern, pattern).unwrap_or_else(|error| panic!("{error}"));
        }
        show(router.find(Method::Get, target))
    })
}

pub fn drive() {
    emit!(first(&["/{a*}", "/{a}", "/x{a}", "/xy"], "/xy"));
    emit!(first(&["/{a*}", "/{a}", "/x{a}"], "/xy"));
    emit!(first(&["/{a*}", "/{a}"], "/xy"));
    emit!(first(&["/{a}", "/{a:word}", "/{a:hex}", "/{a:int}"], "/12"));
    emit!(first(&["/{a}", "/{a:word}", "/{a:hex}"], "/12"));
    emit!(first(&["/{a}", "/{a:word}", "/{a:hex}"], "/1-2"));
    emit!(first(&["/{a:int}", "/{a}b", "/c{a}"], "/cab"));
    emit!(first(&["/c{a}b", "/ca{a}", "/{a}ab", "/{a:word}b"], "/caxab"));
    emit!(first(&["/é{a}", "/{a}xyz"], "/éxyz"));
    emit!(first(&["/{a}bé", "/x{a:int}"], "/x1bé"));
    emit!(first(&["/x{a}", "/x{a:hex}", "/{a:int}x"], "/x1x"));
    emit!(first(&["/x{a}", "/x{a:hex}", "/{a:int}f"], "/x1f"));
    emit!(first(&["/a/{x}/c", "/a/b/{y}", "/{z}/b/c"], "/a/b/c"));
    emit!(first(&["/a/b/{y:int}", "/a/{x}/c"], "/a/b/c"));
    emit!(first(&["/a/{x*}", "/a/{x}/c", "/{y}/b/d"], "/a/b/d"));
    emit!(first(&["/a/{x*}", "/a/"], "/a/"));
    emit!(first(&["/a/{x*}", "/a/{y}"], "/a/b/"));
    emit!(first(&["/{a}", "/{b*}"], "/a%2Fb"));
}
