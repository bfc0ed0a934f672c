use std::rc::Rc;

use crate::node::{attach, count, detach, find, Node, Shared};

/// The number of a heading, which it keeps for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub u32);

/// Headings; the first ones are below nothing.
pub struct Outline {
    root: Shared,
    last: u32,
}

impl Default for Outline {
    fn default() -> Outline {
        Outline { root: Node::shared(0, ""), last: 0 }
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
        let node = Node::shared(self.last, title);
        let place = above.borrow().below.len();
        attach(&node, &above, place);
        Ok(Id(self.last))
    }

    /// Moves a heading, with all below it, to a place (from 0) below another one; a place behind the last is the last.
    pub fn move_to(&mut self, id: Id, above: Option<Id>, place: usize) -> Result<(), String> {
        let node = self.node(Some(id))?;
        let target = self.node(above)?;
        let mut step = Some(target.clone());
        while let Some(at) = step {
            if Rc::ptr_eq(&at, &node) {
                return Err(format!("{} cannot be below itself", node.borrow().title));
            }
            step = at.borrow().above.as_ref().and_then(|above| above.upgrade());
        }
        detach(&node);
        let place = place.min(target.borrow().below.len());
        attach(&node, &target, place);
        Ok(())
    }

    /// Removes a heading and all below it; how many those are.
    pub fn remove(&mut self, id: Id) -> Result<usize, String> {
        let node = self.node(Some(id))?;
        detach(&node);
        Ok(count(&node))
    }

    /// Removes a heading; those below it take its place.
    pub fn dissolve(&mut self, id: Id) -> Result<(), String> {
        let node = self.node(Some(id))?;
        let above = node.borrow().above.as_ref().and_then(|above| above.upgrade());
        let above = above.ok_or("nothing is above it")?;
        let mut place = above.borrow().below.iter().position(|child| Rc::ptr_eq(child, &node)).unwrap_or(0);
        detach(&node);
        let below = std::mem::take(&mut node.borrow_mut().below);
        for child in below {
            attach(&child, &above, place);
            place += 1;
        }
        Ok(())
    }

    pub fn rename(&mut self, id: Id, title: &str) -> Result<(), String> {
        let node = self.node(Some(id))?;
        node.borrow_mut().title = title.to_string();
        Ok(())
    }

    /// The number of a heading, like `2.1.3`.
    pub fn number(&self, id: Id) -> Result<String, String> {
        let mut node = self.node(Some(id))?;
        let mut numbers = Vec::new();
        loop {
            let above = node.borrow().above.as_ref().and_then(|above| above.upgrade());
            let Some(above) = above else { break };
            let place = above.borrow().below.iter().position(|child| Rc::ptr_eq(child, &node)).unwrap_or(0);
            numbers.push((place + 1).to_string());
            node = above;
        }
        numbers.reverse();
        Ok(numbers.join("."))
    }

    /// All headings with their numbers, a line each.
    pub fn text(&self) -> String {
        let mut out = String::new();
        write(&self.root, "", &mut out);
        out
    }

    pub fn len(&self) -> usize {
        count(&self.root) - 1
    }

    pub fn is_empty(&self) -> bool {
        self.root.borrow().below.is_empty()
    }

    fn node(&self, id: Option<Id>) -> Result<Shared, String> {
        let Some(Id(id)) = id else { return Ok(self.root.clone()) };
        let node = find(&self.root, id).filter(|_| id > 0);
        node.ok_or(format!("no heading {id}"))
    }
}

impl Clone for Outline {
    fn clone(&self) -> Outline {
        Outline { root: copy(&self.root), last: self.last }
    }
}

fn copy(node: &Shared) -> Shared {
    let node = node.borrow();
    let same = Node::shared(node.id, &node.title);
    for (place, child) in node.below.iter().enumerate() {
        attach(&copy(child), &same, place);
    }
    same
}

fn write(node: &Shared, number: &str, out: &mut String) {
    for (at, child) in node.borrow().below.iter().enumerate() {
        let number = if number.is_empty() { (at + 1).to_string() } else { format!("{number}.{}", at + 1) };
        out.push_str(&format!("{number} {}\n", child.borrow().title));
        write(child, &number, out);
    }
}
