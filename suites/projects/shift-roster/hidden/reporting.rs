use shift_roster::roster::Roster;
use shift_roster::{report, text};

const WEEK: &str = "
person Ana 16:00
person Bo 40:00
person Cy 100:00
shift late Fri 16:00-23:00 3
shift early Mon 00:00-07:00 1
shift cleaning Fri 16:00-23:01 2
shift sunday Sun 23:30-06:30 1
shift long Wed 05:00-04:59 2
shift day Tue 06:00-23:00 1
";

pub fn drive() {
    let week = text::week(WEEK).unwrap();
    let some = Roster { shifts: vec![vec![1], vec![0], vec![2], vec![0, 1], vec![2, 1], vec![]] };
    emit!(report::open(&week, &some));
    emit!(report::hours(&week, &some));
    let nobody = Roster { shifts: vec![vec![]; 6] };
    emit!(report::open(&week, &nobody).len());
    emit!(report::hours(&week, &nobody));
    let day = Roster { shifts: vec![vec![0], vec![], vec![], vec![], vec![], vec![0]] };
    emit!(&report::hours(&week, &day)[0]);
}
