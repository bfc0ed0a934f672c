use cache_server::Cache;

pub fn drive() {
    let mut cache = Cache::new(1000);
    cache.set("a", b"1", 10, 5);
    emit!((cache.get("a", 14).is_some(), cache.get("a", 15).is_some(), cache.get("a", 16).is_some()));
    let stats = cache.stats(16);
    emit!((stats.entries, stats.bytes, stats.hits, stats.misses, stats.expired));
    cache.set("a", b"1", 10, 20);
    emit!((cache.touch("a", 5, 25), cache.touch("a", 100, 29), cache.touch("a", 0, 128), cache.touch("a", 3, 5000), cache.touch("a", 1, 5003)));
    cache.set("a", b"1", 10, 6000);
    cache.set("a", b"2", 0, 6001);
    emit!(cache.get("a", 9000));
    cache.set("a", b"3", 5, 9000);
    cache.set("a", b"3", 50, 9001);
    emit!((cache.get("a", 9050).is_some(), cache.get("a", 9051).is_some()));
    cache.set("n", b"1", 10, 9100);
    emit!(cache.increment("n", 1, 9109).map_err(|error| format!("{error:?}")));
    emit!(cache.increment("n", 1, 9110).map_err(|error| format!("{error:?}")));
    cache.set("x", b"1", 1, 9200);
    emit!(format!("{:?}", cache.add("x", b"2", 1, 9201)));
    emit!((cache.delete("x", 9202), cache.stats(9202).expired));
    cache.set("last", b"", u64::MAX, 9300);
    cache.set("late", b"", u64::MAX - 9300, 9300);
    emit!([("late", u64::MAX - 1), ("late", u64::MAX), ("last", u64::MAX)].map(|(key, now)| cache.get(key, now).is_some()));

    let mut cache = Cache::new(140);
    for (key, ttl) in [("a", 0), ("b", 10), ("c", 5), ("d", 0)] {
        cache.set(key, b"12", ttl, 0);
    }
    cache.set("e", b"12", 0, 7);
    emit!((["a", "b", "c", "d", "e"].map(|key| cache.get(key, 7).is_some()), cache.stats(7).evicted, cache.stats(7).expired));
    cache.get("b", 8);
    cache.set("big", &[0; 60], 0, 9);
    emit!((["a", "b", "d", "e", "big"].map(|key| cache.get(key, 9).is_some()), cache.stats(9).evicted));
    emit!(cache.stats(10).expired);
    cache.set("big", b"", 1, 11);
    emit!(format!("{:?}", cache.set("big", &[0; 500], 1, 12)));
    emit!((cache.stats(12).expired, cache.stats(12).bytes));
    let mut cache = Cache::new(1000);
    cache.set("a", b"1", 3, 0);
    cache.set("b", b"1", 3, 0);
    cache.delete("b", 1);
    cache.fits("a", 1);
    emit!(cache.get("other", 3));
    emit!(cache.stats(3).expired);
}
