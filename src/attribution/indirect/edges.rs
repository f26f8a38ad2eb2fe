//! Where content may start or end, whatever its cue.
//!
//! In: the letters of a document. Out: for each place, the border before a token, whether content may start there and
//! whether it may end there: beside signs, before function words, after "to" and "that". Told once a document, since the
//! cues of a sentence ask for the same places.

/// Content may start here.
pub(crate) const STARTS: u8 = 1;
/// Content may end here.
pub(crate) const ENDS: u8 = 2;

/// What each place may be, the one behind the last token with the others.
pub(crate) fn edges(letters: &[u8]) -> Vec<u8> {
    let mut left = b'^';
    let mut edges = Vec::with_capacity(letters.len() + 1);
    edges.extend(
        letters
            .iter()
            .map(|&right| edge(std::mem::replace(&mut left, right), right)),
    );
    edges.push(edge(left, b'^'));
    edges
}

/// What the place between two letters may be.
#[inline]
fn edge(left: u8, right: u8) -> u8 {
    let kinds = KINDS[left as usize & 127] << 4 | KINDS[right as usize & 127];
    let sign = kinds & (SIGN << 4 | SIGN) != 0;
    // Content neither begins with a comma nor ends with an opening mark.
    let starts =
        !matches!(right, b',' | b':' | b';' | b'.' | b'>' | b')') && (sign || kinds & (OPENS << 4 | CLAUSE) != 0);
    let ends = !matches!(left, b'<' | b'(') && (sign || kinds & (CLAUSE | LINK) != 0);
    (if starts { STARTS } else { 0 }) | if ends { ENDS } else { 0 }
}

/// A sign; a word that content begins after; one that a clause begins with; one that goes on after content.
const SIGN: u8 = 1;
const OPENS: u8 = 2;
const CLAUSE: u8 = 4;
const LINK: u8 = 8;

const KINDS: [u8; 128] = {
    let mut kinds = [0; 128];
    let mut letter = 0;
    while letter < 128 {
        kinds[letter] = match letter as u8 {
            b'#' | b'$' => 0,
            b'&' => LINK,
            b't' | b'q' | b'r' | b's' => CLAUSE,
            b'T' | b'A' | b'p' => CLAUSE | OPENS,
            b'o' => OPENS,
            b'b' => LINK,
            b'a'..=b'z' | b'A'..=b'Z' => 0,
            _ => SIGN,
        };
        letter += 1;
    }
    kinds[b't' as usize] |= OPENS;
    kinds
};
