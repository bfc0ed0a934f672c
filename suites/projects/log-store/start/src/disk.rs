//! A disk in memory that can be filled, torn and damaged.

/// The disk has no room.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub struct NoRoom;

/// Bytes, of which those that are synced survive.
#[derive(Debug, Clone)]
pub struct Disk {
    bytes: Vec<u8>,
    synced: usize,
    room: usize,
    syncs: usize,
}

impl Disk {
    /// An empty disk with room for some bytes.
    pub fn new(room: usize) -> Disk {
        Disk { bytes: vec![], synced: 0, room, syncs: 0 }
    }

    /// A disk that holds these bytes.
    pub fn of(bytes: &[u8]) -> Disk {
        Disk { bytes: bytes.to_vec(), synced: bytes.len(), room: 1 << 30, syncs: 0 }
    }

    /// What is written.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How often it was synced.
    pub fn syncs(&self) -> usize {
        self.syncs
    }

    /// Writes at the end. Without room for all, some of the bytes are written nevertheless.
    pub fn append(&mut self, bytes: &[u8]) -> Result<(), NoRoom> {
        let fits = bytes.len().min(self.room - self.bytes.len());
        self.bytes.extend_from_slice(&bytes[..fits]);
        if fits < bytes.len() { Err(NoRoom) } else { Ok(()) }
    }

    /// Cuts the end off.
    pub fn truncate(&mut self, length: usize) {
        self.bytes.truncate(length);
        self.synced = self.synced.min(length);
    }

    /// Makes everything that is written survive.
    pub fn sync(&mut self) {
        self.synced = self.bytes.len();
        self.syncs += 1;
    }

    /// Puts other bytes in the place of all, at once, and syncs.
    pub fn replace(&mut self, bytes: Vec<u8>) -> Result<(), NoRoom> {
        if bytes.len() > self.room {
            return Err(NoRoom);
        }
        self.bytes = bytes;
        self.sync();
        Ok(())
    }

    /// The power goes: of what is not synced only the first bytes are left.
    pub fn crash(mut self, left: usize) -> Disk {
        let length = (self.synced + left).min(self.bytes.len());
        self.bytes.truncate(length);
        self.synced = length;
        self
    }
}
