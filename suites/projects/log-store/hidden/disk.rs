use log_store::disk::Disk;
use log_store::sum;

pub fn drive() {
    let mut disk = Disk::new(5);
    emit!(disk.append(&[1, 2, 3]).is_ok());
    disk.sync();
    emit!(disk.append(&[4, 5, 6]).is_ok());
    emit!(disk.bytes().to_vec());
    emit!(disk.clone().crash(1).bytes().to_vec());
    disk.truncate(2);
    emit!(disk.crash(9).bytes().to_vec());
    emit!(sum::of(b""));
    emit!(sum::of(b"a"));
}
