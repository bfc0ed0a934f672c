pub struct Map {
    rows: Vec<Vec<Option<u8>>>,
}

impl Map {
    pub fn parse(text: &str) -> Option<Map> {
        let rows = text.lines().map(tiles).collect::<Option<Vec<_>>>()?;
        let width = rows.first()?.len();
        let equal = rows.iter().all(|row| row.len() == width);
        (equal && width > 0).then_some(Map { rows })
    }

    pub fn height(&self, row: usize, column: usize) -> Option<u8> {
        *self.rows.get(row)?.get(column)?
    }

    pub fn neighbours(&self, row: usize, column: usize) -> Vec<(usize, usize)> {
        // wrapping: what is left of column 0 is far outside
        let around = [
            (row.wrapping_sub(1), column),
            (row, column.wrapping_sub(1)),
            (row, column + 1),
            (row + 1, column),
        ];
        around.into_iter().filter(|&(row, column)| self.height(row, column).is_some()).collect()
    }
}

fn tiles(line: &str) -> Option<Vec<Option<u8>>> {
    line.bytes()
        .map(|sign| match sign {
            b'#' => Some(None),
            b'0'..=b'9' => Some(Some(sign - b'0')),
            _ => None,
        })
        .collect()
}
