use formula_tokens::*;

#[test]
fn a_point_may_begin_a_number() {
    assert_eq!(tokens(".5"), Ok(vec![(0, Token::Number(0.5))]));
}
