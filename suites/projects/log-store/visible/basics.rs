use log_store::disk::Disk;
use log_store::store::{Op, Store};

pub fn drive() {
    let (mut store, cut) = Store::open(Disk::new(1000)).unwrap_or_else(|_| panic!("refused"));
    emit!(cut);
    emit!(store.put(b"a", b"1"));
    emit!(store.apply(&[Op::Put(b"b".to_vec(), b"2".to_vec()), Op::Delete(b"a".to_vec())]));
    emit!(store.get(b"a"));
    emit!(store.get(b"b"));
    emit!(store.disk().bytes().len());
    let (again, cut) = Store::open(store.into_disk().crash(0)).unwrap_or_else(|_| panic!("refused"));
    emit!(cut);
    emit!(again.range(b"", b""));
}
