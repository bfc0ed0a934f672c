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
    emit!([take(&mut windows, 1, 3, 5), take(&mut windows, 2, 4, 1), take(&mut windows, 1, 12, 7), take(&mut windows, 1, 29, 1)]);
    emit!(take(&mut windows, 1, 30, 1));
    emit!((take(&mut windows, 1, 9, 100), windows.late()));
    emit!(take(&mut windows, 1, 25, 4));
    emit!(take(&mut windows, 3, 60, 2));
    emit!((rows(windows.finish()), rows(windows.finish())));
    emit!((take(&mut windows, 1, 3, 9), windows.late(), rows(windows.finish())));

    let mut windows = Windows::new(5, 0);
    emit!((take(&mut windows, 1, 0, 1), take(&mut windows, 1, 4, -3)));
    emit!(take(&mut windows, 1, 5, 1));

    let mut windows = Windows::new(100, 50);
    for (sensor, time) in [(3, 10), (1, 110), (2, 210), (1, 220), (3, 230), (2, 240)] {
        take(&mut windows, sensor, time, time);
    }
    emit!(take(&mut windows, 9, 1000, 0));
}
