use route_file::{read, Route};

fn shown(route: Result<Route, String>) -> Result<(String, Vec<(i32, i32, Option<i32>, u32)>, u64, Option<i64>), String> {
    route.map(|route| {
        let points = route.points.iter().map(|point| (point.north, point.east, point.height, point.rest)).collect();
        (route.name.clone(), points, route.rests(), route.climb())
    })
}

pub fn drive() {
    emit!(shown(read("name a\npoint 0 0\npoint 1 0")));
    emit!(shown(read("\n  \n#x\n  # y\npoint -90000 180000 -5\nrest 10\n\nrest 5\nname  Up   and\tdown \npoint 90000 -180000 8848\nrest 0\n")));
    emit!(shown(read("name name\r\npoint 1 2 3\r\npoint 1 3 3\r\npoint 1 2 +4")));
    emit!(shown(read("point 1 2\nrest 4294967295\nname last\npoint 2 2\nrest 4294967295\n")));
    emit!(shown(read("name a b\npoint 1 1 2147483647\npoint 1 2 -2147483648\npoint 1 1 2147483647")));
    emit!(shown(read("name #1\n#name b\npoint 1 1 1\npoint 1 2")));
}
