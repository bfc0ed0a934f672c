use log_store::disk::Disk;
use log_store::store::{Op, Store};

pub fn drive() {
    let Ok((mut store, _)) = Store::open(Disk::new(1 << 20)) else { panic!("refused") };
    emit!(store.compact());
    for round in 0..10u8 {
        for key in [b"c", b"a", b"b"] {
            let _ = store.put(key, &[round; 3]);
        }
    }
    let _ = store.delete(b"b");
    let (length, syncs) = (store.disk().bytes().len(), store.disk().syncs());
    emit!(length);
    emit!(store.compact());
    emit!((store.disk().bytes().len(), store.disk().syncs() - syncs));
    emit!(store.disk().bytes()[8..19].to_vec());
    emit!(store.compact());
    emit!(store.disk().syncs() - syncs);
    emit!(store.range(b"", b""));
    let _ = store.apply(&[Op::Put(b"d".to_vec(), vec![]), Op::Put(b"e".to_vec(), vec![])]);
    emit!(store.compact());
    let Ok((mut store, cut)) = Store::open(store.into_disk().crash(0)) else { panic!("refused") };
    emit!((cut, store.range(b"", b"").len()));
    for key in [b"a", b"c", b"d", b"e"] {
        let _ = store.delete(key);
    }
    emit!(store.compact());
    emit!(store.disk().bytes().len());
    let Ok((store, _)) = Store::open(store.into_disk()) else { panic!("refused") };
    emit!(store.range(b"", b"").len());
}
