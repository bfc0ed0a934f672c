//! The part of every compiled batch that is the same: values as JSON, one line a case.
//!
//! A program may hold many samples; `./main INDEX` runs one, in a thread of its own. It prints
//! `CASE JSON` lines. What the sample prints goes to standard error.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::fmt::{Debug, Display, Write as _};
use std::fs::File;
use std::hash::Hash;
use std::io::Write as _;
use std::os::fd::AsFd;
use std::panic::{catch_unwind, set_hook, AssertUnwindSafe};
use std::rc::Rc;
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;

pub mod common;

const STACK: usize = 8 << 20; // bytes, what a program's first thread has
const PANICKED: i32 = 101; // as a program ends whose first thread panics
const PANIC: &str = r#"{"raised":"panic"}"#;

unsafe extern "C" {
    fn dup2(old: i32, new: i32) -> i32;
}

/// Where the sample's values go.
pub struct Out {
    state: Mutex<(File, usize)>,
}

impl Out {
    /// Run this many cases; each returns the value that came out, as JSON.
    pub fn cases(&self, count: usize, call: fn(usize) -> String) {
        for case in 0..count {
            self.line(&catch_unwind(|| call(case)).unwrap_or_else(|_| PANIC.to_string()));
        }
    }

    /// Run a driver, which emits its values itself; a panic stands for all that are still to come.
    pub fn drive(&self, values: usize, work: &dyn Fn()) {
        if catch_unwind(AssertUnwindSafe(work)).is_err() {
            for _ in self.printed()..values {
                self.line(PANIC);
            }
        }
    }

    /// Print one value.
    pub fn emit(&self, value: &dyn Wire) {
        self.line(&wire(value));
    }

    fn state(&self) -> MutexGuard<'_, (File, usize)> {
        self.state.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    fn printed(&self) -> usize {
        self.state().1
    }

    fn line(&self, json: &str) {
        let mut state = self.state();
        let line = format!("{} {json}\n", state.1);
        state.0.write_all(line.as_bytes()).expect("standard output is open");
        state.1 += 1;
    }
}

/// Run the sample whose index is on the command line.
pub fn main(samples: &'static [fn(&Out)]) {
    let channel = std::io::stdout().as_fd().try_clone_to_owned().expect("standard output is open");
    unsafe { dup2(2, 1) };
    let index: usize = std::env::args().nth(1).and_then(|word| word.parse().ok()).expect("an index");
    let drive = samples[index];
    let out = Out { state: Mutex::new((File::from(channel), 0)) };
    set_hook(Box::new(|_| {}));
    let work = thread::Builder::new().stack_size(STACK).spawn(move || drive(&out)).expect("a thread can start");
    std::process::exit(if work.join().is_ok() { 0 } else { PANICKED });
}

/// An argument of type `T` from the constant that stands for it.
pub fn own<T: Own<R>, R>(raw: R) -> T {
    T::own(raw)
}

/// What can be made of a constant of type `R`.
pub trait Own<R> {
    /// Make it.
    fn own(raw: R) -> Self;
}

macro_rules! same {
    ($($type:ty)*) => {$(
        impl Own<$type> for $type {
            fn own(raw: $type) -> Self {
                raw
            }
        }
    )*};
}

same!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f32 f64 bool char);

impl<'a, T: ?Sized> Own<&'a T> for &'a T {
    fn own(raw: &'a T) -> Self {
        raw
    }
}

impl Own<()> for () {
    fn own(_raw: ()) -> Self {}
}

impl Own<&str> for String {
    fn own(raw: &str) -> Self {
        raw.to_string()
    }
}

impl<T: Own<R>, R> Own<Option<R>> for Option<T> {
    fn own(raw: Option<R>) -> Self {
        raw.map(T::own)
    }
}

impl<T: Own<R>, R, E: Own<F>, F> Own<Result<R, F>> for Result<T, E> {
    fn own(raw: Result<R, F>) -> Self {
        raw.map(T::own).map_err(E::own)
    }
}

impl<T: Own<R>, R, const N: usize> Own<[R; N]> for [T; N] {
    fn own(raw: [R; N]) -> Self {
        raw.map(T::own)
    }
}

macro_rules! wrapped {
    ($($type:ident)*) => {$(
        impl<T: Own<R>, R> Own<R> for $type<T> {
            fn own(raw: R) -> Self {
                $type::new(T::own(raw))
            }
        }
    )*};
}

wrapped!(Box Rc Arc);

macro_rules! collected {
    ($($type:ident: $($bound:ident)*;)*) => {$(
        impl<T: Own<R> $(+ $bound)*, R: Copy> Own<&[R]> for $type<T> {
            fn own(raw: &[R]) -> Self {
                raw.iter().map(|item| T::own(*item)).collect()
            }
        }
    )*};
}

collected!(Vec:; VecDeque:; HashSet: Eq Hash; BTreeSet: Ord;);

macro_rules! mapped {
    ($($type:ident: $($bound:ident)*;)*) => {$(
        impl<K: Own<R> $(+ $bound)*, R: Copy, V: Own<S>, S: Copy> Own<&[(R, S)]> for $type<K, V> {
            fn own(raw: &[(R, S)]) -> Self {
                raw.iter().map(|(key, value)| (K::own(*key), V::own(*value))).collect()
            }
        }
    )*};
}

mapped!(HashMap: Eq Hash; BTreeMap: Ord;);

/// A value as one line of JSON.
pub fn wire(value: &dyn Wire) -> String {
    let mut out = String::new();
    value.wire(&mut out);
    out
}

/// What can come out of a case.
pub trait Wire {
    /// Append the value as JSON.
    fn wire(&self, out: &mut String);
}

// Iterators are passed as trait objects, so that little has to be compiled anew for every type.
fn list<'a>(out: &mut String, items: &mut dyn Iterator<Item = &'a dyn Wire>) {
    out.push('[');
    for (i, item) in items.enumerate() {
        if i > 0 {
            out.push(',');
        }
        item.wire(out);
    }
    out.push(']');
}

fn set<'a>(out: &mut String, items: &mut dyn Iterator<Item = &'a dyn Wire>) {
    out.push_str("{\"s\":");
    list(out, items);
    out.push('}');
}

fn map<'a>(out: &mut String, entries: &mut dyn Iterator<Item = (&'a dyn Wire, &'a dyn Wire)>) {
    out.push_str("{\"m\":[");
    for (i, (key, value)) in entries.enumerate() {
        if i > 0 {
            out.push(',');
        }
        list(out, &mut [key, value].into_iter());
    }
    out.push_str("]}");
}

fn float(out: &mut String, value: &dyn Debug) {
    let _ = write!(out, "{{\"f\":\"{}\"}}", format!("{value:?}").to_lowercase());
}

impl Wire for str {
    fn wire(&self, out: &mut String) {
        out.push('"');
        for c in self.chars() {
            match c {
                '"' | '\\' => out.extend(['\\', c]),
                '\u{0}'..='\u{1f}' | '\u{7f}' => drop(write!(out, "\\u{:04x}", c as u32)),
                c => out.push(c),
            }
        }
        out.push('"');
    }
}

impl Wire for String {
    fn wire(&self, out: &mut String) {
        self.as_str().wire(out);
    }
}

impl Wire for char {
    fn wire(&self, out: &mut String) {
        self.encode_utf8(&mut [0; 4]).wire(out);
    }
}

macro_rules! shown {
    ($($type:ty)*) => {$(
        impl Wire for $type {
            fn wire(&self, out: &mut String) {
                let _ = write!(out, "{self}");
            }
        }
    )*};
}

shown!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize bool);

impl Wire for f32 {
    fn wire(&self, out: &mut String) {
        float(out, self);
    }
}

impl Wire for f64 {
    fn wire(&self, out: &mut String) {
        float(out, self);
    }
}

impl Wire for () {
    fn wire(&self, out: &mut String) {
        out.push_str("null");
    }
}

macro_rules! forwarded {
    ($($type:ty)*) => {$(
        impl<T: Wire + ?Sized> Wire for $type {
            fn wire(&self, out: &mut String) {
                (**self).wire(out);
            }
        }
    )*};
}

forwarded!(&T &mut T Box<T> Rc<T> Arc<T>);

impl<T: Wire + ToOwned + ?Sized> Wire for std::borrow::Cow<'_, T> {
    fn wire(&self, out: &mut String) {
        (**self).wire(out);
    }
}

impl<T: Wire> Wire for Option<T> {
    fn wire(&self, out: &mut String) {
        match self {
            Some(value) => value.wire(out),
            None => out.push_str("null"),
        }
    }
}

impl<T: Wire, E: Display> Wire for Result<T, E> {
    fn wire(&self, out: &mut String) {
        let (tag, value): (_, &dyn Wire) = match self {
            Ok(value) => ("ok", value),
            Err(error) => ("err", &error.to_string()),
        };
        let _ = write!(out, "{{\"{tag}\":");
        value.wire(out);
        out.push('}');
    }
}

macro_rules! lists {
    ($($type:ty)*) => {$(
        impl<T: Wire> Wire for $type {
            fn wire(&self, out: &mut String) {
                list(out, &mut self.iter().map(|item| item as &dyn Wire));
            }
        }
    )*};
}

lists!([T] Vec<T> VecDeque<T>);

impl<T: Wire, const N: usize> Wire for [T; N] {
    fn wire(&self, out: &mut String) {
        self.as_slice().wire(out);
    }
}

macro_rules! sets {
    ($($type:ident)*) => {$(
        impl<T: Wire> Wire for $type<T> {
            fn wire(&self, out: &mut String) {
                set(out, &mut self.iter().map(|item| item as &dyn Wire));
            }
        }
    )*};
}

sets!(HashSet BTreeSet);

macro_rules! maps {
    ($($type:ident)*) => {$(
        impl<K: Wire, V: Wire> Wire for $type<K, V> {
            fn wire(&self, out: &mut String) {
                map(out, &mut self.iter().map(|(key, value)| (key as &dyn Wire, value as &dyn Wire)));
            }
        }
    )*};
}

maps!(HashMap BTreeMap);

macro_rules! tuples {
    ($($name:ident $raw:ident),*) => {
        impl<$($name: Wire),*> Wire for ($($name,)*) {
            #[allow(non_snake_case)]
            fn wire(&self, out: &mut String) {
                let ($($name,)*) = self;
                list(out, &mut [$($name as &dyn Wire),*].into_iter());
            }
        }

        impl<$($name: Own<$raw>, $raw),*> Own<($($raw,)*)> for ($($name,)*) {
            #[allow(non_snake_case)]
            fn own(($($raw,)*): ($($raw,)*)) -> Self {
                ($($name::own($raw),)*)
            }
        }
    };
}

tuples!(A A1);
tuples!(A A1, B B1);
tuples!(A A1, B B1, C C1);
tuples!(A A1, B B1, C C1, D D1);
tuples!(A A1, B B1, C C1, D D1, E E1);
tuples!(A A1, B B1, C C1, D D1, E E1, F F1);
tuples!(A A1, B B1, C C1, D D1, E E1, F F1, G G1);
tuples!(A A1, B B1, C C1, D D1, E E1, F F1, G G1, H H1);
tuples!(A A1, B B1, C C1, D D1, E E1, F F1, G G1, H H1, I I1);
tuples!(A A1, B B1, C C1, D D1, E E1, F F1, G G1, H H1, I I1, J J1);
tuples!(A A1, B B1, C C1, D D1, E E1, F F1, G G1, H H1, I I1, J J1, K K1);
tuples!(A A1, B B1, C C1, D D1, E E1, F F1, G G1, H H1, I I1, J J1, K K1, L L1);
