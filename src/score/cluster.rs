//! Two groupings of the same things compared: B-cubed and CEAF-e.
//!
//! As in the reference scorer of CoNLL-2012 (Pradhan et al. 2014), what only one side has counts on that
//! side alone. A thing in no group is a group of one.

use std::collections::BTreeMap;

use super::Tally;

/// A grouping: for each thing (by its place) the number of its group, which are 0, 1, 2, ...
pub(super) type Grouping = BTreeMap<(usize, usize), usize>;

/// How many things two groups share, by their numbers.
type Shared = BTreeMap<(usize, usize), f64>;

fn sizes(grouping: &Grouping) -> Vec<f64> {
    let mut sizes = Vec::new();
    for &group in grouping.values() {
        if sizes.len() <= group {
            sizes.resize(group + 1, 0.0);
        }
        if let Some(size) = sizes.get_mut(group) {
            *size += 1.0;
        }
    }
    sizes
}

fn shared(gold: &Grouping, predicted: &Grouping) -> Shared {
    let mut shared = Shared::new();
    for (place, &g) in gold {
        if let Some(&p) = predicted.get(place) {
            *shared.entry((g, p)).or_default() += 1.0;
        }
    }
    shared
}

fn at(values: &[f64], index: usize) -> f64 {
    values.get(index).copied().unwrap_or_default()
}

/// B-cubed: for each thing, how much of its group the other side has put together.
pub(super) fn b_cubed(gold: &Grouping, predicted: &Grouping) -> Tally {
    let (gold_sizes, predicted_sizes) = (sizes(gold), sizes(predicted));
    let mut tally = Tally {
        gold: gold.len() as f64,
        predicted: predicted.len() as f64,
        ..Tally::default()
    };
    for ((g, p), count) in shared(gold, predicted) {
        tally.right_gold += count * count / at(&gold_sizes, g);
        tally.right_predicted += count * count / at(&predicted_sizes, p);
    }
    tally
}

/// CEAF-e: groups paired one to one so that the sum of phi4 = 2|K and R| / (|K| + |R|) is largest.
pub(super) fn ceaf_e(gold: &Grouping, predicted: &Grouping) -> Tally {
    let (gold_sizes, predicted_sizes) = (sizes(gold), sizes(predicted));
    let edges: BTreeMap<(usize, usize), f64> = shared(gold, predicted)
        .into_iter()
        .map(|((g, p), count)| {
            let both = at(&gold_sizes, g) + at(&predicted_sizes, p);
            ((g, p), 2.0 * count / both)
        })
        .collect();
    let right: f64 = islands(&edges, gold_sizes.len())
        .iter()
        .map(|i| best(i))
        .sum();
    Tally {
        right_predicted: right,
        predicted: predicted_sizes.len() as f64,
        right_gold: right,
        gold: gold_sizes.len() as f64,
    }
}

/// An edge: group of the gold, group of the prediction, similarity.
type Edge = (usize, usize, f64);

/// The edges that hang together. Mostly an island is one edge, and a pairing is found at once.
fn islands(edges: &BTreeMap<(usize, usize), f64>, gold: usize) -> Vec<Vec<Edge>> {
    let mut leader: BTreeMap<usize, usize> = BTreeMap::new();
    fn lead(leader: &mut BTreeMap<usize, usize>, node: usize) -> usize {
        let mut root = node;
        while let Some(&next) = leader.get(&root).filter(|&&next| next != root) {
            root = next;
        }
        leader.insert(node, root);
        root
    }
    for &(g, p) in edges.keys() {
        let (a, b) = (lead(&mut leader, g), lead(&mut leader, gold + p));
        leader.insert(a.max(b), a.min(b));
        leader.insert(a.min(b), a.min(b));
    }
    let mut islands: BTreeMap<usize, Vec<Edge>> = BTreeMap::new();
    for (&(g, p), &weight) in edges {
        let root = lead(&mut leader, g);
        islands.entry(root).or_default().push((g, p, weight));
    }
    islands.into_values().collect()
}

/// The largest sum of a one-to-one pairing: Kuhn and Munkres with potentials, O(n^2 m).
fn best(edges: &[Edge]) -> f64 {
    let index = |side: fn(&Edge) -> usize| -> BTreeMap<usize, usize> {
        let nodes: std::collections::BTreeSet<usize> = edges.iter().map(side).collect();
        nodes
            .into_iter()
            .enumerate()
            .map(|(i, node)| (node, i))
            .collect()
    };
    let (left, right) = (index(|edge| edge.0), index(|edge| edge.1));
    if left.len() == 1 || right.len() == 1 {
        return edges.iter().map(|edge| edge.2).fold(0.0, f64::max);
    }
    let flipped = left.len() > right.len();
    let (rows, columns) = (left.len().min(right.len()), left.len().max(right.len()));
    let mut weights: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for (g, p, weight) in edges {
        if let (Some(&l), Some(&r)) = (left.get(g), right.get(p)) {
            weights.insert(if flipped { (r, l) } else { (l, r) }, *weight);
        }
    }
    let weight = |row: usize, column: usize| weights.get(&(row, column)).copied().unwrap_or(0.0);
    // Rows and columns count from 1; column 0 stands for the row that is being placed.
    let set = |values: &mut Vec<f64>, index: usize, by: f64| {
        if let Some(value) = values.get_mut(index) {
            *value += by;
        }
    };
    let mut row_potential = vec![0.0; rows + 1];
    let mut column_potential = vec![0.0; columns + 1];
    let mut row_of = vec![0usize; columns + 1];
    let mut way = vec![0usize; columns + 1];
    let node = |values: &[usize], index: usize| values.get(index).copied().unwrap_or_default();
    for row in 1..=rows {
        if let Some(first) = row_of.first_mut() {
            *first = row;
        }
        let mut here = 0;
        let mut least = vec![f64::INFINITY; columns + 1];
        let mut used = vec![false; columns + 1];
        loop {
            if let Some(used) = used.get_mut(here) {
                *used = true;
            }
            let from = node(&row_of, here);
            let (mut step, mut next) = (f64::INFINITY, 0);
            for column in 1..=columns {
                if used.get(column).copied().unwrap_or(true) {
                    continue;
                }
                let cost = -weight(from - 1, column - 1)
                    - at(&row_potential, from)
                    - at(&column_potential, column);
                if let (Some(least), Some(way)) = (least.get_mut(column), way.get_mut(column)) {
                    if cost < *least {
                        (*least, *way) = (cost, here);
                    }
                    if *least < step {
                        (step, next) = (*least, column);
                    }
                }
            }
            for column in 0..=columns {
                if used.get(column).copied().unwrap_or_default() {
                    set(&mut row_potential, node(&row_of, column), step);
                    set(&mut column_potential, column, -step);
                } else {
                    set(&mut least, column, -step);
                }
            }
            here = next;
            if here == 0 || node(&row_of, here) == 0 {
                break;
            }
        }
        while here != 0 {
            let before = node(&way, here);
            let row = node(&row_of, before);
            if let Some(slot) = row_of.get_mut(here) {
                *slot = row;
            }
            here = before;
        }
    }
    (1..=columns)
        .filter_map(|column| Some(weight(node(&row_of, column).checked_sub(1)?, column - 1)))
        .sum()
}
