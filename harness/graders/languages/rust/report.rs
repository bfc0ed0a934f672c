//! Runs tests one after another, each in a thread of its own, and says how each went.
//!
//! A line opens with the nonce, which is read before the first test: `NONCE INDEX` for a
//! test that passed, `NONCE INDEX words` for one that failed. What tests print goes to
//! standard error. Paths are absolute, so that nothing in the tests' crate can stand in.

use ::std::any::Any;
use ::std::fmt::Debug;
use ::std::fs::File;
use ::std::io::Write;
use ::std::os::fd::AsFd;
use ::std::prelude::rust_2021::*;

const STACK: usize = 8 << 20; // bytes, what a program's first thread has

/// One test: its index, whether it has to panic (and with what words in the message), what to run.
pub type Test = (usize, Option<&'static str>, fn() -> Result<(), String>);

unsafe extern "C" {
    fn dup2(old: i32, new: i32) -> i32;
}

/// What a test function returns.
pub trait Outcome {
    fn result(self) -> Result<(), String>;
}

impl Outcome for () {
    fn result(self) -> Result<(), String> {
        Ok(())
    }
}

impl<T, E: Debug> Outcome for Result<T, E> {
    fn result(self) -> Result<(), String> {
        self.map(|_| ()).map_err(|error| ::std::format!("{error:?}"))
    }
}

pub fn run(tests: &[Test]) {
    let mut nonce = String::new();
    ::std::io::stdin().read_line(&mut nonce).expect("the nonce is on standard input");
    let channel = ::std::io::stdout().as_fd().try_clone_to_owned().expect("standard output is open");
    unsafe { dup2(2, 1) };
    let mut channel = File::from(channel);
    for &(index, panics, test) in tests {
        let started = ::std::thread::Builder::new().stack_size(STACK).spawn(test);
        let ended = started.expect("a thread can start").join();
        let words = judge(ended, panics).err().unwrap_or_default();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let line = [nonce.trim(), &index.to_string(), &words].join(" ");
        channel.write_all((line.trim_end().to_owned() + "\n").as_bytes()).expect("the channel is open");
    }
    ::std::process::exit(0);
}

fn judge(ended: Result<Result<(), String>, Box<dyn Any + Send>>, panics: Option<&str>) -> Result<(), String> {
    match (ended, panics) {
        (Ok(_), Some(_)) => Err("did not panic".to_owned()),
        (Ok(result), None) => result.map_err(|words| "error: ".to_owned() + &words),
        (Err(payload), Some(words)) if message(&*payload).contains(words) => Ok(()),
        (Err(payload), _) => Err("panic: ".to_owned() + message(&*payload)),
    }
}

fn message(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    text.or(payload.downcast_ref::<&str>().copied()).unwrap_or("")
}
