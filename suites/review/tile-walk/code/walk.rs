use std::collections::{BTreeMap, VecDeque};

use crate::map::Map;

type Tile = (usize, usize);

pub fn steps(map: &Map, from: Tile, to: Tile) -> Option<usize> {
    distances(map, from).get(&to).copied()
}

pub fn reach(map: &Map, from: Tile, most: usize) -> Vec<Tile> {
    let all = distances(map, from);
    all.into_iter().filter(|&(_, count)| count <= most).map(|(tile, _)| tile).collect()
}

pub fn peak(map: &Map, from: Tile) -> Option<u8> {
    distances(map, from).keys().filter_map(|&(row, column)| map.height(row, column)).max()
}

/// Steps to every tile that can be reached.
fn distances(map: &Map, from: Tile) -> BTreeMap<Tile, usize> {
    let mut steps = BTreeMap::new();
    if map.height(from.0, from.1).is_none() {
        return steps;
    }
    steps.insert(from, 0);
    let mut waiting = VecDeque::from([from]);
    while let Some(tile) = waiting.pop_front() {
        let (Some(here), count) = (map.height(tile.0, tile.1), steps[&tile]) else {
            continue;
        };
        for next in map.neighbours(tile.0, tile.1) {
            let up = map.height(next.0, next.1).unwrap_or(u8::MAX);
            // so that each tile is visited once
            if up <= here + 1 && !steps.contains_key(&next) {
                steps.insert(next, count + 1);
                waiting.push_back(next);
            }
        }
    }
    steps
}
