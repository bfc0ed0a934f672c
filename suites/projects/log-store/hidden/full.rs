use log_store::disk::Disk;
use log_store::store::{Op, Store};

pub fn drive() {
    let Ok((mut store, _)) = Store::open(Disk::new(60)) else { panic!("refused") };
    emit!(store.put(b"a", b"12345"));
    emit!(store.put(b"b", b"12345"));
    emit!(store.put(b"c", b"12345"));
    emit!(store.get(b"c"));
    emit!(store.disk().bytes().len());
    emit!(store.apply(&[Op::Put(b"a".to_vec(), b"1".to_vec()), Op::Delete(b"b".to_vec())]));
    emit!(store.get(b"a"));
    emit!(store.delete(b"a"));
    emit!(store.disk().bytes().len());
    emit!(store.put(b"", b""));
    emit!(store.compact());
    emit!(store.put(b"c", b"12345"));
    emit!(store.compact());
    let Ok((store, cut)) = Store::open(store.into_disk().crash(100)) else { panic!("refused") };
    emit!((cut, store.range(b"", b"").len(), store.get(b"b").is_some()));
}
