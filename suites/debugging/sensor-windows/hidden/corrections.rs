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
    take(&mut windows, 1, 3, 5);
    take(&mut windows, 1, 3, 8);
    emit!(take(&mut windows, 1, 10, 0));
    for (time, value) in [(13, 1), (15, 2), (15, 3), (15, 2)] {
        take(&mut windows, 1, time, value);
    }
    emit!(take(&mut windows, 1, 20, 0));
    take(&mut windows, 1, 23, 1);
    take(&mut windows, 2, 23, 5);
    take(&mut windows, 2, 23, -5);
    emit!(take(&mut windows, 1, 30, 7));
    take(&mut windows, 1, 30, 7);
    emit!(rows(windows.finish()));
}
