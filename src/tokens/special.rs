//! Things that look like several words and are one: web and mail addresses, file names, faces.
//!
//! In: the text's bytes and where such a thing may begin. Out: where it ends, if there is one. Every search is bounded
//! or consumes what it reads, so that no text makes the tokeniser read a place often.

/// Longest host, mail address or file name looked for.
const REACH: usize = 128;

/// Ends of hosts and of file names that are no English words ("at", "in", "is", "it", "me", "no", "so", "to", "us" are).
const ENDINGS: [&[u8]; 47] = [
    b"asp", b"aspx", b"au", b"biz", b"ca", b"ch", b"cn", b"co", b"com", b"csv", b"de", b"doc", b"docx", b"edu", b"eu",
    b"exe", b"fm", b"fr", b"gif", b"gl", b"gov", b"htm", b"html", b"ie", b"info", b"int", b"io", b"jpeg", b"jpg",
    b"js", b"ly", b"mil", b"mp3", b"net", b"nl", b"org", b"pdf", b"php", b"png", b"ppt", b"ru", b"se", b"tv", b"txt",
    b"uk", b"xls", b"zip",
];

/// What agencies put before a headline, with a hyphen behind: "EXCLUSIVE-Norland says no".
const SLUGS: [&[u8]; 10] = [
    b"ANALYSIS",
    b"BRIEF",
    b"CORRECTED",
    b"EXCLUSIVE",
    b"FACTBOX",
    b"INSIGHT",
    b"INTERVIEW",
    b"REFILE",
    b"RPT",
    b"TIMELINE",
];

/// The same with a number: "UPDATE 1-Norland says no".
const NUMBERED_SLUGS: [&[u8]; 2] = [b"UPDATE ", b"WRAPUP "];

/// Whether a word is what an agency puts before a headline, where a hyphen follows and a capital.
pub(super) fn is_slug(bytes: &[u8], start: usize, end: usize) -> bool {
    bytes.get(end + 1).is_some_and(u8::is_ascii_uppercase) && SLUGS.contains(&&bytes[start..end])
}

/// Whether a number is the end of it.
pub(super) fn is_numbered_slug(bytes: &[u8], start: usize, end: usize) -> bool {
    let numbered = |slug: &&[u8]| bytes[..start].ends_with(slug);
    bytes.get(end + 1).is_some_and(u8::is_ascii_uppercase) && NUMBERED_SLUGS.iter().any(numbered)
}

/// The end of an address that begins with a scheme or with "www.".
pub(super) fn link(bytes: &[u8], start: usize) -> Option<usize> {
    let rest = &bytes[start..];
    let schemes: [&[u8]; 4] = [b"http://", b"https://", b"ftp://", b"www."];
    let scheme = schemes
        .iter()
        .find(|scheme| rest.len() > scheme.len() && rest[..scheme.len()].eq_ignore_ascii_case(scheme))?;
    let end = path_end(bytes, start + scheme.len());
    (end > start + scheme.len()).then_some(end)
}

/// Where a run of the characters of an address ends, punctuation at its end left out.
fn path_end(bytes: &[u8], from: usize) -> usize {
    let run = bytes[from..]
        .iter()
        .position(|byte| {
            byte.is_ascii_whitespace() || byte.is_ascii_control() || b"\"<>`{}|^\\".contains(byte) || !byte.is_ascii()
        })
        .map_or(bytes.len(), |run| from + run);
    let mut end = run;
    while end > from && b".,);:!?'*]".contains(&bytes[end - 1]) {
        end -= 1;
    }
    end
}

/// The end of "name@host", "host.com/path", "file.pdf", "alt.news.misc" if the first word ends at `end`, before a stop
/// or an `@`.
pub(super) fn dotted(bytes: &[u8], start: usize, end: usize) -> Option<usize> {
    let last = bytes.len().min(start + REACH);
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || b"._-@+%".contains(&byte);
    // A first word that is longer than that alone is none of these.
    let run = bytes
        .get(end..last)?
        .iter()
        .position(|&byte| !inner(byte))
        .map_or(last, |run| end + run);
    let mut stop = run;
    while stop > end && b"._-@+%".contains(&bytes[stop - 1]) {
        stop -= 1;
    }
    let whole = &bytes[start..stop];
    if stop <= end + 1 {
        return None;
    }
    if let Some(at) = whole.iter().position(|&byte| byte == b'@') {
        return (at > 0).then_some(stop);
    }
    let ending = whole.rsplit(|&byte| byte == b'.').next()?;
    let known = ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known));
    // "the end.Com" is no host's end unless the host goes on in one case.
    let cased = ending.iter().all(u8::is_ascii_lowercase) || ending.iter().all(u8::is_ascii_uppercase);
    let dots = whole.iter().filter(|&&byte| byte == b'.').count();
    let group = dots >= 2
        && whole
            .split(|&byte| byte == b'.')
            .all(|label| label.len() > 1 && label.iter().all(|byte| byte.is_ascii_lowercase() || *byte == b'-'));
    if known && (cased || ending.eq_ignore_ascii_case(b"com")) && !whole.windows(2).any(|pair| pair == b"..") {
        let path = bytes.get(stop) == Some(&b'/');
        return Some(if path { path_end(bytes, stop).max(stop) } else { stop });
    }
    group.then_some(stop)
}

/// The end of a face such as ":-)" or ";)" whose eyes stand at `start`.
pub(super) fn face(bytes: &[u8], start: usize) -> Option<usize> {
    let nose = usize::from(matches!(bytes.get(start + 1), Some(b'-' | b'^' | b'o')));
    let mouth = *bytes.get(start + 1 + nose)?;
    if !b")(][DPp/\\|*3O$".contains(&mouth) || mouth == b'(' && nose == 0 && bytes[start] != b':' {
        return None;
    }
    let mut end = start + 2 + nose;
    while bytes.get(end) == Some(&mouth) {
        end += 1;
    }
    bytes
        .get(end)
        .is_none_or(|byte| byte.is_ascii_whitespace() || b".,!?<".contains(byte))
        .then_some(end)
}
