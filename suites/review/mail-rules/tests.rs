use mail_rules::parse::{rule, Condition, Sign};
use mail_rules::sort::{fits, folder, sorted, Mail};

fn mail(fields: &[(&str, &str)]) -> Mail {
    fields.iter().map(|(name, text)| (name.to_string(), text.to_string())).collect()
}

#[test]
fn reading() {
    let read = rule(" from = a=b & subject~c~d->  bills ").unwrap();
    let condition = |field: &str, sign, value: &str| Condition { field: field.into(), sign, value: value.into() };
    assert_eq!(
        read.conditions,
        [condition("from", Sign::Equals, "a=b"), condition("subject", Sign::Holds, "c~d")]
    );
    assert_eq!(read.folder, "bills");
}

#[test]
fn refusing() {
    for (line, wrong) in [
        ("a=b", "a=b"), ("a=b->c->d", "a=b->c->d"), ("a=b & c -> d", "c"), ("=b -> d", "=b"),
        ("a= & b=c -> d", "a="), ("a=b ->", ""), ("-> d", ""),
    ] {
        assert_eq!(rule(line), Err(wrong.to_string()));
    }
}

#[test]
fn all_conditions_must_fit() {
    let both = rule("from=ANN & subject~invoice -> bills").unwrap();
    assert!(fits(&both, &mail(&[("from", "Ann"), ("subject", "Your INVOICE")])));
    assert!(!fits(&both, &mail(&[("from", "Ann"), ("subject", "hello")])));
    assert!(!fits(&both, &mail(&[("subject", "invoice")])));
    assert!(!fits(&both, &mail(&[("from", "Anna"), ("subject", "invoice")])));
}

#[test]
fn folders() {
    let rules = [rule("a=1 -> x").unwrap(), rule("a~1 -> y").unwrap()];
    let mails = [mail(&[("a", "1")]), mail(&[("a", "21")]), mail(&[]), mail(&[("a", "1")])];
    assert_eq!(folder(&rules, &mails[1]), "y");
    let all: Vec<(String, Vec<usize>)> = sorted(&rules, &mails).into_iter().collect();
    assert_eq!(all, [("inbox".into(), vec![2]), ("x".into(), vec![0, 3]), ("y".into(), vec![1])]);
}
