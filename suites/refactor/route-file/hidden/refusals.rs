use route_file::read;

pub fn drive() {
    let good = "name a\npoint 1 1\npoint 1 2\n";
    let lines = [
        "name", "name b", "point", "point 1", "point 1 2 3 4", "point x 1", "point 1 y", "point 1 1 z", "point 90001 x",
        "point -90001 1", "point 1 180001", "point 1 -180001 z", "point 1 2", "point 1 2 900", "point 2147483648 1",
        "point 1.5 1", "rest", "rest 1 2", "rest -1", "rest x", "rest 4294967296", "stop 1", "Name b", "name#", "points 1 1",
    ];
    for line in lines {
        emit!(read(&format!("{good}{line}\nnonsense")).map(|route| route.points.len()));
    }
    for text in ["", "name a", "name a\npoint 1 1", "point 1 1\npoint 1 2", "rest 5", "name a\nrest 5", "\n\npoint 1 1\nrest 4294967295\nrest 1"] {
        emit!(read(text).map(|route| route.points.len()));
    }
}
