//! The standard library's commonest generic code, compiled once for the commonest types.
//!
//! A program that was compiled without optimisation links to these instances instead of compiling
//! its own, which takes a tenth of the compiler's time. Nothing here is ever run.

use crate::{own, wire, Own, Wire};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, VecDeque};
use std::hash::Hash;
use std::sync::{mpsc, Arc, Mutex};

/// Use every function once, so that the compiler compiles it.
pub fn instances() {
    vectors(0u8, &[]);
    vectors(0i32, &[]);
    vectors(0u32, &[]);
    vectors(0i64, &[]);
    vectors(0u64, &[]);
    vectors(0usize, &[]);
    vectors(0f64, &[]);
    vectors(false, &[]);
    vectors('c', &[]);
    vectors("", &[]);
    vectors(String::new(), &[""]);
    vectors((0i32, 0i32), &[]);
    vectors((0u32, 0u32), &[]);
    vectors((0i64, 0i64), &[]);
    vectors((0usize, 0usize), &[]);
    vectors((String::new(), 0u32), &[("", 0)]);
    vectors((String::new(), 0i64), &[("", 0)]);
    vectors(Vec::<u8>::new(), &[&[] as &[u8]]);
    vectors(Vec::<i32>::new(), &[&[] as &[i32]]);
    vectors(Vec::<u32>::new(), &[&[] as &[u32]]);
    vectors(Vec::<i64>::new(), &[&[] as &[i64]]);
    vectors(Vec::<char>::new(), &[&[] as &[char]]);
    vectors(Vec::<bool>::new(), &[&[] as &[bool]]);
    vectors(Vec::<String>::new(), &[&[] as &[&str]]);
    ordered(0i32);
    ordered(0u32);
    ordered(0i64);
    ordered(0u64);
    ordered(0usize);
    ordered('c');
    ordered("");
    ordered(String::new());
    ordered((0i32, 0i32));
    ordered((0u32, 0u32));
    ordered((0i64, 0i64));
    ordered((0usize, 0usize));
    maps(String::new(), 0i32, &[("", 0)]);
    maps(String::new(), 0u32, &[("", 0)]);
    maps(String::new(), 0i64, &[("", 0)]);
    maps(String::new(), 0usize, &[("", 0)]);
    maps(String::new(), String::new(), &[("", "")]);
    maps(String::new(), Vec::<String>::new(), &[("", &[] as &[&str])]);
    maps(String::new(), Vec::<u32>::new(), &[("", &[] as &[u32])]);
    maps(String::new(), Vec::<usize>::new(), &[("", &[] as &[usize])]);
    maps("", 0usize, &[]);
    maps('c', 0usize, &[]);
    maps(0i64, 0usize, &[]);
    maps(0u32, 0usize, &[]);
    text("");
    shared(0i32);
    shared(0u64);
    shared(String::new());
}

fn vectors<T: Clone + PartialEq + Wire + Own<R>, R: Copy>(x: T, raw: &[R]) {
    let mut v: Vec<T> = own(raw);
    v.push(x.clone());
    v.insert(0, x.clone());
    v.extend(vec![x.clone(); 2]);
    v.extend_from_slice(&v.clone());
    v.truncate(9);
    v.reverse();
    v.swap(0, 1);
    v.dedup();
    v.append(&mut v[1..2].to_vec());
    v.remove(0);
    v.pop();
    v.last();
    v.get(0).cloned();
    v.contains(&x);
    v.iter().rev().next();
    v.iter().enumerate().next();
    v.iter_mut().next();
    v.windows(2).next();
    v.chunks(2).next();
    v.iter().cloned().collect::<Vec<T>>();
    wire(&v);
    wire(&v.clone().into_iter().next());
    let mut queue = VecDeque::from(v);
    queue.push_back(x.clone());
    queue.push_front(x);
    queue.pop_back();
    queue.pop_front();
    wire(&queue.into_iter().collect::<Vec<T>>());
}

fn ordered<T: Clone + Ord + Hash + Wire>(x: T) {
    let mut v = vec![x.clone()];
    v.sort();
    v.sort_unstable();
    v.iter().max();
    v.iter().min();
    let mut sorted: BTreeSet<T> = v.iter().cloned().collect();
    sorted.insert(x.clone());
    sorted.contains(&x);
    sorted.remove(&x);
    sorted.iter().next();
    wire(&sorted);
    sorted.into_iter().collect::<Vec<T>>();
    let mut hashed: HashSet<T> = v.into_iter().collect();
    hashed.insert(x.clone());
    hashed.contains(&x);
    hashed.remove(&x);
    hashed.iter().next();
    wire(&hashed);
    hashed.into_iter().collect::<Vec<T>>();
    let mut heap = BinaryHeap::from(vec![Reverse(x.clone())]);
    heap.push(Reverse(x));
    heap.pop();
}

fn maps<K, V, R, S>(key: K, value: V, raw: &[(R, S)])
where
    K: Clone + Ord + Hash + Wire + Own<R>,
    V: Clone + Default + Wire + Own<S>,
    R: Copy,
    S: Copy,
{
    let mut sorted: BTreeMap<K, V> = own(raw);
    sorted.insert(key.clone(), value.clone());
    sorted.entry(key.clone()).or_insert(value.clone());
    sorted.entry(key.clone()).or_default();
    sorted.get(&key);
    sorted.get_mut(&key);
    sorted.contains_key(&key);
    sorted.remove(&key);
    sorted.keys().next();
    sorted.values().next();
    sorted.iter().next();
    wire(&sorted);
    let mut hashed: HashMap<K, V> = own(raw);
    hashed.insert(key.clone(), value.clone());
    hashed.entry(key.clone()).or_insert(value);
    hashed.entry(key.clone()).or_default();
    hashed.get(&key);
    hashed.get_mut(&key);
    hashed.contains_key(&key);
    hashed.remove(&key);
    hashed.keys().next();
    hashed.values().next();
    hashed.iter().next();
    wire(&hashed);
    sorted.into_iter().collect::<Vec<(K, V)>>();
    hashed.into_iter().collect::<Vec<(K, V)>>();
}

fn text(s: &str) {
    s.chars().rev().collect::<String>();
    s.chars().collect::<Vec<char>>();
    s.chars().count();
    s.chars().peekable().next();
    s.char_indices().next();
    s.split(' ').collect::<Vec<&str>>();
    s.split(", ").collect::<Vec<&str>>();
    s.split_whitespace().collect::<Vec<&str>>().join(" ");
    s.lines().enumerate().next();
    (s.split_once(':'), s.split_once("="), s.find('x'), s.find("x"), s.rfind('x'));
    (s.strip_prefix('x'), s.strip_prefix("x"), s.strip_suffix('x'), s.strip_suffix("x"));
    (s.contains('x'), s.contains("x"), s.starts_with('x'), s.starts_with("x"), s.ends_with('x'));
    (s.replace('x', ""), s.replace("x", ""), vec![s.to_string()].join("\n"), vec![s.to_string()].concat());
    (s.parse::<i32>().is_ok(), s.parse::<i64>().is_ok(), s.parse::<u32>().is_ok(), s.parse::<usize>().is_ok());
    wire(&Ok::<i64, String>(0));
    wire(&Ok::<String, String>(s.to_string()));
    wire(&Some(0i64));
    wire(&Some(s.to_string()));
}

fn shared<T: Clone + Send + 'static>(x: T) {
    let (sender, receiver) = mpsc::channel();
    let _ = sender.clone().send(x.clone());
    let _ = (receiver.recv(), receiver.try_recv(), receiver.iter().next());
    let state = Arc::new(Mutex::new(x));
    drop(Arc::clone(&state).lock().map(|guard| guard.clone()));
}
