use stream_compressor::decoder::{Decoder, Event};
use stream_compressor::encoder::Encoder;
use stream_compressor::packing::{pack, unpack};

pub fn drive() {
    emit!(pack(b"abcabcabcabcx"));
    emit!(unpack(&[0, 7, 128, 1, 0], 5));
    let mut out = vec![];
    let mut encoder = Encoder::new(8);
    encoder.push(b"aaaaaaaaaab", &mut out);
    emit!((out.len(), encoder.held()));
    encoder.finish(&mut out);
    emit!(out.len());
    emit!(&out[..24]);
    let mut events = vec![];
    let mut decoder = Decoder::new();
    decoder.push(&out[1..], &mut events);
    decoder.finish(&mut events);
    emit!(events == [Event::Skipped(23), Event::Lost(1), Event::Data(b"aab".to_vec()), Event::End(false)]);
}
