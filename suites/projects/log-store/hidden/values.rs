use log_store::disk::Disk;
use log_store::store::{Op, Store};

fn put(key: &str, value: &str) -> Op {
    Op::Put(key.as_bytes().to_vec(), value.as_bytes().to_vec())
}

fn delete(key: &str) -> Op {
    Op::Delete(key.as_bytes().to_vec())
}

fn text(pairs: Vec<(Vec<u8>, Vec<u8>)>) -> String {
    let shown: Vec<String> = pairs
        .iter()
        .map(|(key, value)| format!("{}={}", String::from_utf8_lossy(key), String::from_utf8_lossy(value)))
        .collect();
    shown.join(" ")
}

pub fn drive() {
    let Ok((mut store, _)) = Store::open(Disk::new(1 << 20)) else { panic!("refused") };
    emit!(store.apply(&[put("b", "1"), put("a", "2"), put("b", "3"), put("", "empty")]));
    emit!(text(store.range(b"", b"")));
    emit!(text(store.range(b"a", b"b")));
    emit!(text(store.range(b"b", b"a")));
    emit!(text(store.range(b"b", b"b")));
    emit!(text(store.range(b"aa", b"")));
    emit!(store.delete(b"a"));
    emit!(store.delete(b"a"));
    let (length, syncs) = (store.disk().bytes().len(), store.disk().syncs());
    emit!(store.delete(b"nothing"));
    emit!(store.apply(&[]));
    emit!(store.apply(&[delete("x"), delete("y")]));
    emit!((store.disk().bytes().len() - length, store.disk().syncs() - syncs));
    emit!(store.apply(&[delete("c"), put("c", "1"), delete("c"), delete("c"), put("d", "")]));
    emit!((store.disk().bytes().len() - length, store.disk().syncs() - syncs));
    emit!(text(store.range(b"", b"")));
    emit!(store.get(b"d"));
    emit!(store.put(b"b", b"3"));
    let long = vec![7; 65535];
    emit!(store.put(&long, b"long"));
    emit!(store.get(&long).is_some());
    let longer = vec![7; 65536];
    emit!(store.apply(&[put("e", "1"), Op::Put(longer, vec![])]));
    emit!(store.get(b"e"));
    let Ok((again, cut)) = Store::open(store.into_disk()) else { panic!("refused") };
    emit!(cut);
    emit!(text(again.range(b"", &[7])));
    emit!(text(again.range(b"a", b"")));
    emit!(again.get(&long));
}
