use std::collections::{BinaryHeap, HashSet};

use crate::ticket::{preview, Ticket, Urgency};

/// Tickets that wait. Those that are closed while they wait stay in the heap until they come up, and are
/// passed over then.
#[derive(Default)]
pub struct Desk {
    heap: BinaryHeap<Ticket>,
    closed: HashSet<u32>,
    last_id: u32,
}

impl Desk {
    pub fn new() -> Self {
        Self::default()
    }

    /// Opens a ticket and returns its id; ids are 1, 2, 3, …
    pub fn open(&mut self, urgency: Urgency, opened: u64, subject: &str) -> u32 {
        self.last_id += 1;
        self.heap.push(Ticket {
            id: self.last_id,
            urgency,
            opened,
            subject: subject.to_string(),
        });
        self.last_id
    }

    /// Closes a ticket that waits; false if there is none with this id.
    pub fn close(&mut self, id: u32) -> bool {
        let waits = self.heap.iter().any(|ticket| ticket.id == id);
        waits && self.closed.insert(id)
    }

    /// Takes the ticket that is to be served next.
    pub fn next(&mut self) -> Option<Ticket> {
        while let Some(ticket) = self.heap.pop() {
            if !self.closed.remove(&ticket.id) {
                return Some(ticket);
            }
        }
        None
    }

    /// How many tickets wait to be served.
    pub fn waiting(&self) -> usize {
        self.heap.len()
    }

    /// The wall: a line for each waiting ticket, in the order in which they will be served.
    pub fn wall(&self, width: usize) -> Vec<String> {
        let mut tickets: Vec<&Ticket> = self.heap.iter().collect();
        tickets.sort_by(|a, b| b.cmp(a));
        tickets
            .into_iter()
            .filter(|ticket| !self.closed.contains(&ticket.id))
            .map(|ticket| format!("#{} {}", ticket.id, preview(&ticket.subject, width)))
            .collect()
    }
}
