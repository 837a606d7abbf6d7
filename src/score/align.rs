//! Which of two lists of spans mean the same: one to one, by overlap.
//!
//! Greedy over the overlapping pairs, best first. The order among equals is the same whichever list is
//! called the first, so that to exchange gold and prediction exchanges precision and recall.

/// Something with a place, `[start, end)`.
pub(super) trait Placed {
    /// Where.
    fn place(&self) -> (usize, usize);
}

impl Placed for super::Mention {
    fn place(&self) -> (usize, usize) {
        (self.start, self.end)
    }
}

impl Placed for crate::record::NumberEntry {
    fn place(&self) -> (usize, usize) {
        (self.start, self.end)
    }
}

/// Pairs of indexes, sorted. Both lists are sorted by place. Same boundaries come first, then those that
/// are `alike`, then the larger overlap.
pub(super) fn align<T: Placed>(
    left: &[T],
    right: &[T],
    alike: impl Fn(&T, &T) -> bool,
) -> Vec<(usize, usize)> {
    let mut candidates = Vec::new();
    let mut first = 0;
    // The furthest end so far: where it lies before a span, so do all ends of the spans before.
    let reach: Vec<usize> = right
        .iter()
        .scan(0, |furthest, item| {
            *furthest = item.place().1.max(*furthest);
            Some(*furthest)
        })
        .collect();
    for (l, a) in left.iter().enumerate() {
        let (start, end) = a.place();
        while reach.get(first).is_some_and(|&reach| reach <= start) {
            first += 1;
        }
        for (r, b) in right.iter().enumerate().skip(first) {
            let (other_start, other_end) = b.place();
            if other_start >= end {
                break;
            }
            let overlap = end.min(other_end).saturating_sub(start.max(other_start));
            if overlap == 0 {
                continue;
            }
            let exact = (start, end) == (other_start, other_end);
            let rank = (!exact, !alike(a, b), std::cmp::Reverse(overlap));
            let place = (
                start + other_start,
                end + other_end,
                start.abs_diff(other_start),
            );
            candidates.push((rank, place, l, r));
        }
    }
    candidates.sort();
    let mut taken = (vec![false; left.len()], vec![false; right.len()]);
    let mut pairs = Vec::new();
    for (_, _, l, r) in candidates {
        if let (Some(a), Some(b)) = (taken.0.get_mut(l), taken.1.get_mut(r))
            && !*a
            && !*b
        {
            (*a, *b) = (true, true);
            pairs.push((l, r));
        }
    }
    pairs.sort_unstable();
    pairs
}
