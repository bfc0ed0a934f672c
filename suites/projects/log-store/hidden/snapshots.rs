use log_store::disk::Disk;
use log_store::store::{Snapshot, Store};

pub fn drive() {
    let Ok((mut store, _)) = Store::open(Disk::new(1 << 26)) else { panic!("refused") };
    let empty = store.snapshot();
    let _ = store.put(b"a", b"1");
    let first = store.snapshot();
    let _ = store.put(b"a", b"2");
    let _ = store.put(b"b", b"3");
    let second = store.snapshot();
    let _ = store.delete(b"a");
    let _ = store.compact();
    emit!((empty.get(b"a"), first.get(b"a"), second.get(b"a"), store.get(b"a")));
    emit!((empty.range(b"", b"").len(), first.range(b"", b"").len(), second.range(b"", b"").len(), store.range(b"", b"").len()));
    let value = vec![1; 1 << 20];
    for key in 0..20u8 {
        let _ = store.put(&[key], &value);
    }
    let many: Vec<Snapshot> = (0..20000).map(|_| store.snapshot()).collect();
    emit!(many.iter().filter(|one| one.get(b"b").is_some()).count());
    drop(store);
    emit!(many[19999].range(&[3], &[6]).len());
    emit!(second.get(b"b"));
    let handle = std::thread::spawn(move || many[7].get(&[19]).map(|value| value.len()));
    emit!(handle.join().unwrap_or(None));
}
