use outline_tree::{Id, Outline};

pub fn drive() {
    let mut outline = Outline::new();
    emit!((outline.len(), outline.is_empty(), outline.text()));
    emit!(outline.add(Some(Id(0)), "x").map(|id| id.0));
    emit!(outline.add(Some(Id(1)), "x").map(|id| id.0));
    emit!(outline.add(None, "a").map(|id| id.0));
    emit!(outline.add(Some(Id(1)), "b").map(|id| id.0));
    emit!(outline.add(Some(Id(2)), "c").map(|id| id.0));
    emit!(outline.add(None, "").map(|id| id.0));
    emit!(outline.add(Some(Id(1)), "d").map(|id| id.0));
    emit!((outline.len(), outline.is_empty(), outline.text()));
    emit!((0..7).map(|id| outline.number(Id(id))).collect::<Vec<_>>());
    emit!((outline.rename(Id(3), "C\nC"), outline.rename(Id(0), "root"), outline.rename(Id(9), "x")));
    let copy = outline.clone();
    outline.rename(Id(1), "changed").unwrap();
    outline.add(Some(Id(3)), "new").unwrap();
    emit!((copy.text(), outline.text()));
    let mut copy = copy;
    emit!((copy.add(None, "z").map(|id| id.0), copy.remove(Id(1)), copy.text(), outline.len()));
    emit!(Id(1) < Id(2) && Id(3) == Id(3));
}
