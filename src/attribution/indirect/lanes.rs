//! Which features several options share, so that each is looked up once for all. The build script uses this file too.

/// The letters of the sides, the first part of their features, in the order of their lanes: left, right, both.
pub(crate) const SIDES: &str = "LRB";

/// The tables of a content's borders, in the order of their lanes.
pub(crate) const BORDERS: [&str; 4] = ["left_start", "left_end", "right_start", "right_end"];

/// Whether a group of a border's features is of the place by itself: all four borders share these.
pub(crate) fn is_of_place(group: &str) -> bool {
    group.starts_with("place ")
}
