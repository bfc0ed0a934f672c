//! The router.

use crate::method::Method;
use crate::path;
use crate::pattern::{Pattern, Rank};
use std::collections::{BTreeMap, BTreeSet};

/// What becomes of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Found { handler: String, captures: Vec<(String, String)> },
    Options(Vec<Method>),
    NotAllowed(Vec<Method>),
    Redirect(String),
    NotFound,
    Bad,
}

/// What a pattern leads to.
struct Table {
    text: String,
    pattern: Pattern,
    handlers: BTreeMap<Method, String>,
}

#[derive(Default)]
pub struct Router {
    /// In the order of precedence.
    tables: BTreeMap<Vec<Rank>, Table>,
    /// What was added, in order.
    added: Vec<(Method, String, String)>,
}

impl Router {
    pub fn new() -> Router {
        Router::default()
    }

    pub fn add(&mut self, method: Method, pattern: &str, handler: &str) -> Result<(), String> {
        let parsed = Pattern::parse(pattern)?;
        let table = self.tables.entry(parsed.ranks()).or_insert_with(|| Table {
            text: pattern.to_string(),
            pattern: parsed,
            handlers: BTreeMap::new(),
        });
        if table.text != pattern {
            return Err(format!("{pattern} has the shape of {}", table.text));
        }
        if table.handlers.contains_key(&method) {
            return Err(format!("{method} {pattern} is taken"));
        }
        table.handlers.insert(method, handler.to_string());
        self.added.push((method, pattern.to_string(), handler.to_string()));
        Ok(())
    }

    pub fn mount(&mut self, prefix: &str, other: Router) -> Result<(), String> {
        if !Pattern::parse(prefix).is_ok_and(|pattern| pattern.is_prefix()) {
            return Err(format!("{prefix}: bad prefix"));
        }
        for (method, pattern, handler) in other.added {
            let behind = if pattern == "/" { "" } else { &pattern };
            self.add(method, &format!("{prefix}{behind}"), &handler)?;
        }
        Ok(())
    }

    pub fn find(&self, method: Method, target: &str) -> Answer {
        let (path, query) = target.split_at(target.find('?').unwrap_or(target.len()));
        let Some(segments) = path::segments(path) else { return Answer::Bad };
        let fitting = self.fitting(&segments);
        for (table, captures) in &fitting {
            let own = table.handlers.get(&method);
            let get = || table.handlers.get(&Method::Get).filter(|_| method == Method::Head);
            if let Some(handler) = own.or_else(get) {
                return Answer::Found { handler: handler.clone(), captures: captures.clone() };
            }
        }
        if !fitting.is_empty() {
            let methods = allowed(fitting.iter().map(|(table, _)| *table));
            return if method == Method::Options { Answer::Options(methods) } else { Answer::NotAllowed(methods) };
        }
        let other = path.strip_suffix('/').map_or_else(|| format!("{path}/"), str::to_string);
        match path::segments(&other) {
            Some(segments) if !self.fitting(&segments).is_empty() => Answer::Redirect(other + query),
            _ => Answer::NotFound,
        }
    }

    /// The tables whose patterns fit, in the order of precedence, with what they capture.
    fn fitting(&self, segments: &[String]) -> Vec<(&Table, Vec<(String, String)>)> {
        self.tables.values().filter_map(|table| Some((table, table.pattern.captures(segments)?))).collect()
    }
}

fn allowed<'a>(tables: impl Iterator<Item = &'a Table>) -> Vec<Method> {
    let mut methods: BTreeSet<Method> = tables.flat_map(|table| table.handlers.keys().copied()).collect();
    if methods.contains(&Method::Get) {
        methods.insert(Method::Head);
    }
    methods.insert(Method::Options);
    methods.into_iter().collect()
}
