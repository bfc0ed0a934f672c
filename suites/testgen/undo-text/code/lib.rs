//! A text whose changes can be taken back.

#[derive(Clone)]
struct Step {
    inserts: bool,
    at: usize,
    signs: Vec<char>,
}

/// A text with its history.
pub struct Editor {
    signs: Vec<char>,
    undo: Vec<Step>,
    redo: Vec<Step>,
    joins: bool,
}

impl Editor {
    /// A text without history.
    pub fn new(text: &str) -> Self {
        Editor { signs: text.chars().collect(), undo: Vec::new(), redo: Vec::new(), joins: false }
    }

    /// The text.
    pub fn text(&self) -> String {
        self.signs.iter().collect()
    }

    /// Puts text in.
    pub fn insert(&mut self, at: usize, text: &str) -> bool {
        if at > self.signs.len() || text.is_empty() {
            return false;
        }
        self.redo.clear();
        let added: Vec<char> = text.chars().collect();
        let step = Step { inserts: true, at, signs: added.clone() };
        self.apply(&step, true);
        if let Some(last) = self.undo.last_mut() {
            let open = !matches!(last.signs.last(), Some(' ' | '\n'));
            if last.inserts && self.joins && last.at + last.signs.len() == at && open {
                last.signs.extend(added);
                return true;
            }
        }
        self.undo.push(step);
        self.joins = true;
        true
    }

    /// Takes text out.
    pub fn delete(&mut self, from: usize, to: usize) -> bool {
        if from >= to || to > self.signs.len() {
            return false;
        }
        self.redo.clear();
        let gone = self.signs[from..to].to_vec();
        let step = Step { inserts: false, at: from, signs: gone };
        self.apply(&step, false);
        self.undo.push(step);
        true
    }

    /// Takes a step back.
    pub fn undo(&mut self) -> bool {
        let Some(step) = self.undo.pop() else {
            return false;
        };
        self.joins = false;
        self.apply(&step, !step.inserts);
        self.redo.push(step);
        true
    }

    /// Does a step again.
    pub fn redo(&mut self) -> bool {
        let Some(step) = self.redo.pop() else {
            return false;
        };
        self.joins = false;
        self.apply(&step, step.inserts);
        self.undo.push(step);
        true
    }

    /// How many steps there are to take back and to do again.
    pub fn steps(&self) -> (usize, usize) {
        (self.undo.len(), self.redo.len())
    }

    fn apply(&mut self, step: &Step, inserts: bool) {
        if inserts {
            self.signs.splice(step.at..step.at, step.signs.iter().copied());
        } else {
            self.signs.drain(step.at..step.at + step.signs.len());
        }
    }
}
