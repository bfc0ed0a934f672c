use text_table::numbers::aligned;

pub fn drive() {
    emit!(aligned(&["1", "12", "123"]));
    emit!(aligned(&["1", "1000", "999", "1000000", "-100", "-1000"]));
    emit!(aligned(&["3.25", "12", "-0.5"]));
    emit!(aligned(&[" 7 ", "\t-1234567.25"]));
    emit!(aligned(&["0070.50", "0.1234567"]));
    emit!(aligned(&["n/a", "1.5", "2"]));
    emit!(aligned(&["+1", ".5", "1.", "1e3", "", "-", "--1", "1.2.3", "1,000", "- 1", "٣"]));
    emit!(aligned(&["1.25 %", "4.5"]));
    emit!(aligned(&[]));
    emit!(aligned(&["123456789012345678901234567890.5"]));
}
