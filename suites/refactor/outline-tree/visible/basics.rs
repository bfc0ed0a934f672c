use outline_tree::Outline;

pub fn drive() {
    let mut outline = Outline::new();
    let soup = outline.add(None, "Soup").unwrap();
    let salt = outline.add(Some(soup), "Salt").unwrap();
    outline.add(None, "Bread").unwrap();
    emit!(outline.text());
    emit!(outline.number(salt));
    emit!(outline.move_to(soup, Some(salt), 0));
}
