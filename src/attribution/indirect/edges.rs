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

/// What the place between two letters may be: what one of them makes it and both allow.
#[inline]
fn edge(left: u8, right: u8) -> u8 {
    let (left, right) = (BEHIND[left as usize & 127], BEFORE[right as usize & 127]);
    (left | right) & (left & right) >> ALLOWED
}

/// So many bits above what a letter makes of a place stands what it allows there.
const ALLOWED: u8 = 4;

/// What each letter makes of the place behind it, and allows there: content does not end with an opening mark.
const BEHIND: [u8; 128] = {
    let mut behind = [0; 128];
    let mut letter = 0;
    while letter < 128 {
        let kind = KINDS[letter];
        let ends = !matches!(letter as u8, b'<' | b'(');
        behind[letter] = if kind & (SIGN | OPENS) != 0 { STARTS } else { 0 }
            | if kind & SIGN != 0 { ENDS } else { 0 }
            | (if ends { STARTS | ENDS } else { STARTS }) << ALLOWED;
        letter += 1;
    }
    behind
};

/// What each letter makes of the place before it, and allows there: content does not begin with a comma.
const BEFORE: [u8; 128] = {
    let mut before = [0; 128];
    let mut letter = 0;
    while letter < 128 {
        let kind = KINDS[letter];
        let starts = !matches!(letter as u8, b',' | b':' | b';' | b'.' | b'>' | b')');
        before[letter] = if kind & (SIGN | CLAUSE) != 0 { STARTS } else { 0 }
            | if kind & (SIGN | CLAUSE | LINK) != 0 { ENDS } else { 0 }
            | (if starts { STARTS | ENDS } else { ENDS }) << ALLOWED;
        letter += 1;
    }
    before
};

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
