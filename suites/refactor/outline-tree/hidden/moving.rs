use outline_tree::{Id, Outline};

/// 1 (2 (3, 4), 5), 6 (7)
fn outline() -> Outline {
    let mut outline = Outline::new();
    for (id, above) in [(1, 0), (2, 1), (3, 2), (4, 2), (5, 1), (6, 0), (7, 6)] {
        outline.add((above > 0).then_some(Id(above)), &format!("h{id}")).unwrap();
    }
    outline
}

pub fn drive() {
    for id in 0..=8 {
        let mut results = vec![];
        for above in 0..=8 {
            for place in [0, 1, 2, 9] {
                let mut outline = outline();
                let result = outline.move_to(Id(id), (above > 0).then_some(Id(above)), place);
                results.push((result, outline.text().replace('\n', ";"), outline.number(Id(id)).ok(), outline.len()));
            }
        }
        emit!(results);
    }
    let mut outline = outline();
    emit!((outline.move_to(Id(2), Some(Id(0)), 0), outline.move_to(Id(2), Some(Id(7)), 0), outline.move_to(Id(6), Some(Id(3)), 0)));
}
