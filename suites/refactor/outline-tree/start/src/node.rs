use std::cell::RefCell;
use std::rc::{Rc, Weak};

pub(crate) type Shared = Rc<RefCell<Node>>;

/// A heading, with those below it and the one above it.
pub(crate) struct Node {
    pub(crate) id: u32,
    pub(crate) title: String,
    pub(crate) above: Option<Weak<RefCell<Node>>>,
    pub(crate) below: Vec<Shared>,
}

impl Node {
    pub(crate) fn shared(id: u32, title: &str) -> Shared {
        Rc::new(RefCell::new(Node { id, title: title.to_string(), above: None, below: Vec::new() }))
    }
}

/// The heading with an id, at or below one.
pub(crate) fn find(node: &Shared, id: u32) -> Option<Shared> {
    if node.borrow().id == id {
        return Some(node.clone());
    }
    for child in &node.borrow().below {
        if let Some(found) = find(child, id) {
            return Some(found);
        }
    }
    None
}

/// Puts a heading below another one, at a place.
pub(crate) fn attach(node: &Shared, above: &Shared, place: usize) {
    node.borrow_mut().above = Some(Rc::downgrade(above));
    above.borrow_mut().below.insert(place, node.clone());
}

/// Takes a heading away from the one above it.
pub(crate) fn detach(node: &Shared) {
    let above = node.borrow().above.clone();
    if let Some(above) = above.and_then(|above| above.upgrade()) {
        above.borrow_mut().below.retain(|child| !Rc::ptr_eq(child, node));
    }
    node.borrow_mut().above = None;
}

/// How many headings there are at and below one.
pub(crate) fn count(node: &Shared) -> usize {
    1 + node.borrow().below.iter().map(count).sum::<usize>()
}
