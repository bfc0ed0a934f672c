use stream_compressor::frame::{Kind, HEAD, MOST, TAIL};
use stream_compressor::sum::Sum;

pub fn drive() {
    emit!(Sum::of(b"123456789"));
    let mut sum = Sum::default();
    sum.add(b"1234");
    sum.add(b"");
    sum.add(b"56789");
    emit!(sum.value());
    emit!((HEAD, TAIL, MOST));
    emit!(Kind::of(2) == Some(Kind::End));
    emit!(Kind::of(3).is_none());
    emit!(Kind::Packed.byte());
}
