use url_router::pattern::Pattern;

fn captures(pattern: &str, path: &str) -> Option<Vec<(String, String)>> {
    let segments: Vec<String> = path.split('/').map(str::to_string).collect();
    Pattern::parse(pattern).unwrap_or_else(|error| panic!("{error}")).captures(&segments)
}

pub fn drive() {
    emit!(captures("/", ""));
    emit!(captures("/a/b", "a/b"));
    emit!([captures("/a/b", "a"), captures("/a", "a/b"), captures("/a", "a/"), captures("/a/", "a")]);
    emit!(captures("/a/", "a/"));
    emit!(captures("/{x}/{y_2}", "1/é"));
    emit!(captures("/{x}", ""));
    emit!(captures("/v{n:int}b", "v12b"));
    emit!([captures("/v{n:int}b", "vb"), captures("/v{n:int}b", "v1xb"), captures("/v{n:int}b", "v1")]);
    emit!(captures("/aa{x}aa", "aaa"));
    emit!(captures("/{x}.tar", "a.tar.tar"));
    emit!([captures("/{x:int}", "٣"), captures("/{x:hex}", "fg"), captures("/{x:word}", "é"), captures("/{x:word}", "a.b")]);
    emit!([captures("/{x:int}", "007"), captures("/{x:hex}", "09afAF"), captures("/{x:word}", "aZ_-9")]);
    emit!(captures("/f/{rest*}", "f/a/b/"));
    emit!(captures("/f/{rest*}", "f/"));
    emit!(captures("/f/{rest*}", "f"));
    emit!(captures("/a b%20", "a b%20"));
    for bad in [
        "", "a", "//", "/a//b", "/{}", "/{A}", "/{a:}", "/{a:num}", "/{a}{b}", "/a}", "/{a", "/{a{b}}", "/{a*}/b",
        "/x{a*}", "/{a*}x", "/{a:int*}", "/{*}", "/{a}/{a}", "/{a}/{a*}", "/{a }", "/{é}",
    ] {
        emit!(Pattern::parse(bad).err() == Some(format!("{bad}: bad pattern")));
    }
}
