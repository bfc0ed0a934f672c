use sensor_windows::{Reading, Summary, Windows};

type Row = (i64, u32, usize, i64, i64);

fn rows(closed: Vec<Summary>) -> Vec<Row> {
    closed.into_iter().map(|it| (it.start, it.sensor, it.count, it.sum, it.last)).collect()
}

fn take(windows: &mut Windows, sensor: u32, time: i64, value: i64) -> Vec<Row> {
    rows(windows.take(Reading { sensor, time, value }))
}

pub fn drive() {
    let mut windows = Windows::new(10, 20);
    emit!(take(&mut windows, 1, 5, 1));
    emit!(take(&mut windows, 1, 45, 2));
    emit!(take(&mut windows, 1, 28, 3));
    emit!((take(&mut windows, 1, 7, 9), windows.late()));
    emit!(take(&mut windows, 1, 46, 4));
    emit!(take(&mut windows, 1, 70, 5));
    emit!((take(&mut windows, 2, 31, 1), take(&mut windows, 2, 50, 1), take(&mut windows, 2, 39, 1), windows.late()));
    emit!(take(&mut windows, 2, 80, 1));
    emit!((take(&mut windows, 2, 59, 1), windows.late(), rows(windows.finish())));
}
