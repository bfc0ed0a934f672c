use cache_server::Cache;

fn there(cache: &mut Cache, now: u64) -> String {
    let mut keys = String::new();
    for key in ["a", "b", "c", "d", "e"] {
        keys += if cache.get(key, now).is_some() { key } else { "-" };
    }
    keys
}

fn filled() -> Cache {
    let mut cache = Cache::new(140);
    for key in ["a", "b", "c", "d"] {
        cache.set(key, b"12", 0, 0); // costs 35
    }
    cache
}

pub fn drive() {
    let mut cache = filled();
    emit!((cache.stats(0).entries, cache.stats(0).bytes, cache.stats(0).evicted));
    cache.set("e", b"", 0, 0);
    emit!((there(&mut cache, 0), cache.stats(0).evicted, cache.stats(0).bytes));

    let mut cache = filled();
    cache.get("a", 0);
    cache.touch("b", 0, 0);
    cache.set("e", b"12", 0, 0);
    emit!(there(&mut cache, 0));

    let mut cache = filled();
    cache.set("a", b"", 0, 0);
    cache.add("b", b"", 0, 0);
    let _ = cache.increment("c", 1, 0);
    cache.set("e", b"12345", 0, 0);
    emit!((there(&mut cache, 0), cache.stats(0).evicted));

    let mut cache = filled();
    cache.set("a", b"1234", 0, 0);
    emit!((there(&mut cache, 0), cache.stats(0).evicted));

    let mut cache = filled();
    cache.set("c", &[0; 107], 0, 0);
    emit!((there(&mut cache, 0), cache.stats(0).evicted, cache.stats(0).bytes));
    emit!(format!("{:?}", cache.set("c", &[0; 108], 0, 0)));
    emit!((there(&mut cache, 0), cache.stats(0).evicted, cache.stats(0).bytes));

    let mut cache = filled();
    emit!(format!("{:?} {:?}", cache.add("a", &[0; 200], 0, 0), cache.add("e", &[0; 200], 0, 0)));
    emit!((there(&mut cache, 0), cache.stats(0).evicted));

    let mut cache = filled();
    cache.set("a", b"99", 0, 0);
    emit!(cache.increment("a", 1, 0).map_err(|error| format!("{error:?}")));
    emit!((there(&mut cache, 0), cache.stats(0).evicted));
    cache.set("d", b"x", 0, 0);
    cache.set("c", b"y", 0, 0);
    let _ = cache.increment("d", 1, 0);
    cache.set("a", b"18446744073709551615", 0, 0);
    let _ = cache.increment("a", 1, 0);
    cache.set("e", &[0; 20], 0, 0);
    emit!(there(&mut cache, 0));

    let mut cache = Cache::new(34);
    cache.set("n", b"9", 0, 0);
    emit!(cache.increment("n", 1, 0).map_err(|error| format!("{error:?}")));
    emit!((cache.stats(0).entries, cache.stats(0).bytes, cache.stats(0).evicted));
    emit!(format!("{:?}", Cache::new(0).set("a", b"", 0, 0)));
}
