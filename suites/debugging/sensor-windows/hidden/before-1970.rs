use sensor_windows::{Reading, Summary, Windows};

type Row = (i64, u32, usize, i64, i64);

fn rows(closed: Vec<Summary>) -> Vec<Row> {
    closed.into_iter().map(|it| (it.start, it.sensor, it.count, it.sum, it.last)).collect()
}

fn take(windows: &mut Windows, sensor: u32, time: i64, value: i64) -> Vec<Row> {
    rows(windows.take(Reading { sensor, time, value }))
}

pub fn drive() {
    let mut windows = Windows::new(10, 0);
    emit!(take(&mut windows, 1, -3, 2));
    emit!(take(&mut windows, 1, 3, 4));
    emit!(rows(windows.finish()));
    let mut windows = Windows::new(10, 5);
    emit!([take(&mut windows, 1, -11, 1), take(&mut windows, 1, -10, 2)]);
    emit!(take(&mut windows, 1, -1, 3));
    emit!(take(&mut windows, 1, 0, 4));
    emit!(take(&mut windows, 1, 5, 5));
    emit!(rows(windows.finish()));
    let mut windows = Windows::new(3600, 600);
    emit!([take(&mut windows, 1, -86_400, 1), take(&mut windows, 1, -82_801, 2), take(&mut windows, 1, -82_800, 3)]);
    emit!(take(&mut windows, 1, -82_200, 4));
}
