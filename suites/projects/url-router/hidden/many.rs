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

struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % n
    }
}

const METHODS: [Method; 7] = [Get, Head, Post, Put, Patch, Delete, Options];
const PARTS: [&str; 12] =
    ["a", "b1", "7", "{x}", "{y:int}", "{z:hex}", "{w:word}", "a{x}", "{y}1", "b{z:int}", "{w:hex}7", "a{v}b"];
const WORDS: [&str; 12] = ["a", "b1", "7", "17", "a7", "ab", "axb", "a-1", "b7", "é", "%61b", "a1b"];

fn path(random: &mut Random, parts: &[&str]) -> String {
    (0..1 + random.below(4)).map(|_| format!("/{}", parts[random.below(parts.len())])).collect()
}

pub fn drive() {
    let mut random = Random(2026);
    let mut router = Router::new();
    let mut refused = 0;
    for number in 0..220 {
        let mut pattern = path(&mut random, &PARTS);
        match random.below(40) {
            0..8 => pattern += "/",
            8 => pattern += "/{rest*}",
            _ => {}
        }
        let method = METHODS[random.below(7)];
        refused += usize::from(router.add(method, &pattern, &format!("{number}")).is_err());
    }
    emit!(refused);
    let mut kinds = [0; 5];
    let mut digest: u64 = 0xcbf29ce484222325;
    for _ in 0..4000 {
        let mut target = path(&mut random, &WORDS);
        if random.below(6) == 0 {
            target += "/";
        }
        let method = METHODS[random.below(7)];
        let answer = router.find(method, &target);
        kinds[match answer {
            Answer::Found { .. } => 0,
            Answer::Options(_) => 1,
            Answer::NotAllowed(_) => 2,
            Answer::Redirect(_) => 3,
            _ => 4,
        }] += 1;
        for byte in show(answer).bytes() {
            digest = (digest ^ u64::from(byte)).wrapping_mul(0x100000001b3);
        }
    }
    emit!(kinds);
    emit!(digest);
}
