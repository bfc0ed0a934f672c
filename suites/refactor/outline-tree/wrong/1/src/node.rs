use std::collections::BTreeMap;

/// The id of what the first headings are below.
pub(crate) const ROOT: u32 = 0;

/// A heading, with the ids of those below it and of the one above it.
#[derive(Clone, Default)]
struct Node {
    title: String,
    above: u32,
    below: Vec<u32>,
}

/// All headings by their ids.
#[derive(Clone)]
pub(crate) struct Tree {
    nodes: BTreeMap<u32, Node>,
}

impl Tree {
    pub(crate) fn new() -> Tree {
        Tree { nodes: BTreeMap::from([(ROOT, Node::default())]) }
    }

    pub(crate) fn has(&self, id: u32) -> bool {
        self.nodes.contains_key(&id)
    }

    pub(crate) fn title(&self, id: u32) -> &str {
        self.nodes.get(&id).map_or("", |node| &node.title)
    }

    pub(crate) fn below(&self, id: u32) -> &[u32] {
        self.nodes.get(&id).map_or(&[], |node| &node.below)
    }

    /// The heading and those above it, up to the first ones.
    pub(crate) fn path(&self, id: u32) -> Vec<u32> {
        let mut path = Vec::new();
        let mut id = id;
        while let Some(node) = self.nodes.get(&id).filter(|_| id != ROOT) {
            path.push(id);
            id = node.above;
        }
        path
    }

    /// Where a heading is: the one above it, and its place there.
    pub(crate) fn place(&self, id: u32) -> (u32, usize) {
        let above = self.nodes.get(&id).map_or(ROOT, |node| node.above);
        (above, self.below(above).iter().position(|other| *other == id).unwrap_or(0))
    }

    pub(crate) fn rename(&mut self, id: u32, title: &str) {
        self.nodes.entry(id).or_default().title = title.to_string();
    }

    /// Puts a heading below another one; a place behind the last is the last.
    pub(crate) fn attach(&mut self, id: u32, above: u32, place: usize) {
        self.nodes.entry(id).or_default().above = above;
        let below = &mut self.nodes.entry(above).or_default().below;
        below.insert(place.min(below.len()), id);
    }

    /// Takes a heading away from the one above it.
    pub(crate) fn detach(&mut self, id: u32) {
        let (above, _) = self.place(id);
        if let Some(node) = self.nodes.get_mut(&above) {
            node.below.retain(|other| *other != id);
        }
    }

    /// Forgets a heading that is detached, but none below it; those.
    pub(crate) fn forget(&mut self, id: u32) -> Vec<u32> {
        self.nodes.remove(&id).map(|node| node.below).unwrap_or_default()
    }

    /// How many headings there are.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len() - 1
    }
}
