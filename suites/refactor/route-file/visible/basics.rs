use route_file::read;

pub fn drive() {
    let route = read("# a short one\nname Lake  and mill\npoint 47100 8200 430\nrest 15\npoint 47110 8220 500\n").unwrap();
    emit!((route.name.as_str(), route.points.len(), route.rests(), route.climb()));
    emit!(read("name a\npoint 47100 8200\nstop 5").map(|route| route.points.len()));
    emit!(read("point 1 2\npoint 3 x").map(|route| route.points.len()));
}
