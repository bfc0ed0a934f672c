use crate::node::{Tree, ROOT};
use std::sync::Arc;

/// The number of a heading, which it keeps for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub u32);

/// Headings; the first ones are below nothing.
#[derive(Clone)]
pub struct Outline {
    tree: Arc<Tree>,
    last: u32,
}

impl Default for Outline {
    fn default() -> Outline {
        Outline { tree: Arc::new(Tree::new()), last: ROOT }
    }
}

impl Outline {
    pub fn new() -> Outline {
        Outline::default()
    }

    /// Adds a heading as the last one below another, or as the last of the first ones.
    pub fn add(&mut self, above: Option<Id>, title: &str) -> Result<Id, String> {
        let above = self.node(above)?;
        self.last += 1;
        Arc::make_mut(&mut self.tree).rename(self.last, title);
        Arc::make_mut(&mut self.tree).attach(self.last, above, usize::MAX);
        Ok(Id(self.last))
    }

    /// Moves a heading, with all below it, to a place (from 0) below another one; a place behind the last is the last.
    pub fn move_to(&mut self, id: Id, above: Option<Id>, place: usize) -> Result<(), String> {
        let id = self.node(Some(id))?;
        let above = self.node(above)?;
        if self.tree.path(above).contains(&id) {
            return Err(format!("{} cannot be below itself", self.tree.title(id)));
        }
        Arc::make_mut(&mut self.tree).detach(id);
        Arc::make_mut(&mut self.tree).attach(id, above, place);
        Ok(())
    }

    /// Removes a heading and all below it; how many those are.
    pub fn remove(&mut self, id: Id) -> Result<usize, String> {
        let id = self.node(Some(id))?;
        let before = self.tree.len();
        Arc::make_mut(&mut self.tree).detach(id);
        let mut rest = vec![id];
        while let Some(id) = rest.pop() {
            rest.extend(Arc::make_mut(&mut self.tree).forget(id));
        }
        Ok(before - self.tree.len())
    }

    /// Removes a heading; those below it take its place.
    pub fn dissolve(&mut self, id: Id) -> Result<(), String> {
        let id = self.node(Some(id))?;
        let (above, place) = self.tree.place(id);
        Arc::make_mut(&mut self.tree).detach(id);
        for (at, child) in Arc::make_mut(&mut self.tree).forget(id).into_iter().enumerate() {
            Arc::make_mut(&mut self.tree).attach(child, above, place + at);
        }
        Ok(())
    }

    pub fn rename(&mut self, id: Id, title: &str) -> Result<(), String> {
        let id = self.node(Some(id))?;
        Arc::make_mut(&mut self.tree).rename(id, title);
        Ok(())
    }

    /// The number of a heading, like `2.1.3`.
    pub fn number(&self, id: Id) -> Result<String, String> {
        let path = self.tree.path(self.node(Some(id))?);
        let numbers: Vec<String> = path.iter().rev().map(|id| (self.tree.place(*id).1 + 1).to_string()).collect();
        Ok(numbers.join("."))
    }

    /// All headings with their numbers, a line each.
    pub fn text(&self) -> String {
        let mut out = String::new();
        self.write(ROOT, "", &mut out);
        out
    }

    pub fn len(&self) -> usize {
        self.tree.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn node(&self, id: Option<Id>) -> Result<u32, String> {
        match id {
            None => Ok(ROOT),
            Some(Id(id)) if id != ROOT && self.tree.has(id) => Ok(id),
            Some(Id(id)) => Err(format!("no heading {id}")),
        }
    }

    fn write(&self, id: u32, number: &str, out: &mut String) {
        for (at, child) in self.tree.below(id).iter().enumerate() {
            let number = format!("{number}{}", at + 1);
            out.push_str(&format!("{number} {}\n", self.tree.title(*child)));
            self.write(*child, &format!("{number}."), out);
        }
    }
}
