use cache_server::Cache;

pub fn drive() {
    let mut cache = Cache::new(200);
    emit!(cache.get("a", 0));
    emit!(format!("{:?}", cache.set("a", b"one", 0, 0)));
    emit!(cache.get("a", 0));
    emit!(format!("{:?}", cache.add("a", b"two", 0, 0)));
    emit!(format!("{:?}", cache.set("a", b"three", 0, 0)));
    emit!(cache.get("a", u64::MAX));
    emit!((cache.delete("a", 0), cache.delete("a", 0)));
    emit!(format!("{:?}", cache.add("a", b"", 0, 0)));
    emit!(cache.get("a", 0));
    emit!((cache.fits("key", 165), cache.fits("key", 166), cache.fits("key", u64::MAX)));
    let stats = cache.stats(0);
    emit!((stats.entries, stats.bytes, stats.hits, stats.misses, stats.evicted, stats.expired));
    let mut cache = Cache::new(100);
    emit!((cache.increment("n", 1, 0).map_err(|error| format!("{error:?}")), cache.stats(0).misses));
    cache.set("n", b"0041", 0, 0);
    emit!(cache.increment("n", 1, 0).map_err(|error| format!("{error:?}")));
    emit!(cache.get("n", 0));
    for value in ["", "x", "-1", "+1", "1 ", "1.0", "18446744073709551616", "٣"] {
        cache.set("n", value.as_bytes(), 0, 0);
        emit!(cache.increment("n", 1, 0).map_err(|error| format!("{error:?}")));
    }
    cache.set("n", b"00000000000000018446744073709551614", 0, 0);
    emit!(cache.increment("n", 1, 0).map_err(|error| format!("{error:?}")));
    emit!(cache.increment("n", 1, 0).map_err(|error| format!("{error:?}")));
    emit!(cache.increment("n", 0, 0).map_err(|error| format!("{error:?}")));
}
