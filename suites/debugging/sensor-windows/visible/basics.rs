use sensor_windows::{Reading, Summary, Windows};

type Row = (i64, u32, usize, i64, i64);

fn rows(closed: Vec<Summary>) -> Vec<Row> {
    closed.into_iter().map(|it| (it.start, it.sensor, it.count, it.sum, it.last)).collect()
}

fn take(windows: &mut Windows, sensor: u32, time: i64, value: i64) -> Vec<Row> {
    rows(windows.take(Reading { sensor, time, value }))
}

pub fn drive() {
    let mut windows = Windows::new(10, 5);
    emit!(take(&mut windows, 1, 3, 20));
    emit!(take(&mut windows, 1, 8, 22));
    emit!(take(&mut windows, 1, 3, 21));
    emit!(take(&mut windows, 1, 15, 19));
    emit!(take(&mut windows, 1, 9, 19));
    emit!(windows.late());
}
