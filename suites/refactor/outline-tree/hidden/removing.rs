use outline_tree::{Id, Outline};

fn outline() -> Outline {
    let mut outline = Outline::new();
    for (id, above) in [(1, 0), (2, 1), (3, 2), (4, 2), (5, 1), (6, 0), (7, 6)] {
        outline.add((above > 0).then_some(Id(above)), &format!("h{id}")).unwrap();
    }
    outline
}

pub fn drive() {
    for id in 0..=8 {
        let (mut removed, mut dissolved) = (outline(), outline());
        emit!((removed.remove(Id(id)), removed.text(), removed.len(), removed.number(Id(4)), removed.remove(Id(id))));
        emit!((dissolved.dissolve(Id(id)), dissolved.text(), dissolved.len(), dissolved.number(Id(4)), dissolved.dissolve(Id(id))));
    }
    let mut outline = outline();
    emit!((outline.remove(Id(2)), outline.add(Some(Id(1)), "new").map(|id| id.0), outline.add(Some(Id(3)), "x").map(|id| id.0)));
    emit!((outline.rename(Id(4), "x"), outline.move_to(Id(3), None, 0), outline.move_to(Id(1), Some(Id(2)), 0)));
    emit!((outline.remove(Id(1)), outline.remove(Id(6)), outline.is_empty(), outline.text()));
    emit!(outline.add(None, "again").map(|id| (id.0, outline.number(id))));
}
