use text_table::wrap::wrap;

pub fn drive() {
    emit!(wrap("one two three four", 9));
    emit!(wrap("exactly nine", 7));
    emit!(wrap("a b c", 1));
    emit!(wrap("  much \t white  ", 20));
    emit!(wrap("a café à Orléans", 7));
    emit!(wrap("unbreakable", 4));
    emit!(wrap("an unbreakable no x", 4));
    emit!(wrap("abcdefgh i", 4));
    emit!(wrap("abcdefgh i", 8));
    emit!(wrap("übergrößengeschäft x", 9));
    emit!(wrap("", 5));
    emit!(wrap(" \t ", 5));
    emit!(wrap("first\n\nthird and more\n", 9));
    emit!(wrap("one\r\ntwo", 9));
}
