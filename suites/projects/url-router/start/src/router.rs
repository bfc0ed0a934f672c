//! The router.

use crate::method::Method;

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

#[derive(Default)]
pub struct Router {}

impl Router {
    pub fn new() -> Router {
        Router::default()
    }

    pub fn add(&mut self, method: Method, pattern: &str, handler: &str) -> Result<(), String> {
        todo!()
    }

    pub fn mount(&mut self, prefix: &str, other: Router) -> Result<(), String> {
        todo!()
    }

    pub fn find(&self, method: Method, target: &str) -> Answer {
        todo!()
    }
}
