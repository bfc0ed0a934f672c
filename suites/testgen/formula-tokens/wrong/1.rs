use formula_tokens::*;

#[test]
fn a_sum() {
    let read: Vec<Token> = tokens("a + 1.5").unwrap().into_iter().map(|(_, token)| token).collect();
    assert_eq!(read, [Token::Name("a".into()), Token::Sign("+"), Token::Number(1.5)]);
    assert!(tokens("?").is_err());
}
