use formula_tokens::Token::{Name, Number, Sign, Text};
use formula_tokens::{tokens, Error, Kind, Token};

fn kinds(text: &str) -> Vec<Token> {
    let read = tokens(text);
    assert!(read.is_ok());
    read.unwrap().into_iter().map(|(_, token)| token).collect()
}

fn name(text: &str) -> Token {
    Name(text.to_string())
}

fn quoted(text: &str) -> Token {
    Text(text.to_string())
}

#[test]
fn a_formula() {
    let read = tokens("price*(1 + 0.19)");
    let expected = vec![
        (0, name("price")), (5, Sign("*")), (6, Sign("(")), (7, Number(1.0)), (9, Sign("+")), (11, Number(0.19)), (15, Sign(")")),
    ];
    assert_eq!(read, Ok(expected));
}

#[test]
fn what_lies_between() {
    assert_eq!(kinds(" \t\r\n"), []);
    assert_eq!(kinds("a ; b \" 1x\n2;"), [name("a"), Number(2.0)]);
}

#[test]
fn names_and_numbers() {
    assert_eq!(kinds("_a1_B x"), [name("_a1_B"), name("x")]);
    assert_eq!(kinds("007 1.50"), [Number(7.0), Number(1.5)]);
}

#[test]
fn signs() {
    let all = ["<=", ">=", "==", "!=", "+", "-", "*", "/", "(", ")", ",", "<", ">", "="];
    for sign in all {
        assert_eq!(kinds(sign), [Sign(sign)]);
    }
    assert_eq!(kinds("<==<"), [Sign("<="), Sign("="), Sign("<")]);
    assert_eq!(kinds("===>"), [Sign("=="), Sign("="), Sign(">")]);
}

#[test]
fn texts() {
    assert_eq!(kinds(r#""" "a;ü" "\"\\n""#), [quoted(""), quoted("a;ü"), quoted(r#""\n"#)]);
}

#[test]
fn errors() {
    for (text, at, kind) in [
        ("a ? 1x", 2, Kind::Sign), (" !", 1, Kind::Sign), (".5", 0, Kind::Sign), ("ü", 0, Kind::Sign), ("12a", 2, Kind::Number), ("1_", 1, Kind::Number),
        ("1.", 1, Kind::Number), ("1.5.", 3, Kind::Number), (" \"ab", 1, Kind::Open), ("\"a\n\"", 0, Kind::Open),
        ("\"a\\n\"", 2, Kind::Escape), ("\"\\", 1, Kind::Escape),
    ] {
        assert_eq!(tokens(text), Err(Error { at, kind }), );
    }
}
