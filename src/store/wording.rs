//! What a quotation is made of: words, ellipses, and words in brackets.
//!
//! In: a text. Out: its items in order, each with its place in bytes. Words are folded like those of the whole database
//! (`words`), and then once more, so that what a house style decides is no difference: "five" and "5", "per cent" and "%",
//! "U.S." and "US", "colour" and "color". An ellipsis says that words were left out, a bracket that an editor put words
//! in; "[T]he" is a word with a piece that may be anything.

use super::meaning::{Class, class};
use super::same::is_ellipsis;
use super::spelling::styled;
use super::words::{Word as Plain, words};

/// Longest words of an editor in brackets: more of them are the article's own.
const EDITED: usize = 12;

/// Whether a bracket that opened right before a text is closed: not by a slip of the pen only behind the quotation, the
/// paragraph or another bracket.
pub(super) fn is_closed(behind: &str) -> bool {
    let end = behind
        .find([']', '[', '"', '“', '”'])
        .filter(|&end| behind[end..].starts_with(']'));
    end.is_some_and(|end| {
        let inside = &behind[..end];
        !inside.contains("\n\n") && inside.split_whitespace().take(EDITED + 1).count() <= EDITED
    })
}

/// A piece of a quotation.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Item {
    /// A word that the speaker said.
    Word(Word),
    /// "…": words left out.
    Gap(usize, usize),
    /// "[the minister]": words of an editor, added or in the place of others.
    Bracket(Vec<Word>, usize, usize),
}

/// A word of a quotation.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    /// What it is compared by.
    pub(super) key: String,
    pub(super) class: Class,
    /// Begins with a capital, and not because a sentence begins.
    pub(super) proper: bool,
    /// What separates it from the word before.
    pub(super) before: Break,
    /// What an editor left of a word with brackets in it: its beginning and its end.
    pub(super) kept: Option<(String, String)>,
    /// Whether it stands in brackets: then the text that has it has it from an editor.
    pub(super) bracketed: bool,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// What stands between two words, the strongest of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Break {
    /// Nothing, or a quotation mark.
    Nothing,
    /// A comma, a colon, a dash.
    Clause,
    /// A stop or a new paragraph.
    Sentence,
    /// An ellipsis: the text itself leaves words out here.
    Gap,
}

impl Word {
    /// Whether a word of a source is this word.
    pub(super) fn is(&self, source: &Word) -> bool {
        match &self.kept {
            _ if self.key == source.key => true,
            Some((head, tail)) => {
                let key = &source.key;
                // "[T]he" changes a capital and nothing else; "talk[ed]" another ending.
                head.len() + tail.len() > 2
                    && !head.is_empty()
                    && key.len() >= head.len() + tail.len()
                    && key.starts_with(&**head)
                    && key.ends_with(&**tail)
            }
            None => false,
        }
    }

    /// Sounds that editors leave out of any quotation.
    pub(super) fn is_filler(&self) -> bool {
        matches!(&*self.key, "er" | "erm" | "uh" | "um")
    }
}

/// Reads a quotation.
pub(super) fn items(text: &str) -> Vec<Item> {
    let mut reader = Reader::default();
    let mut behind = 0;
    for word in joined(text, words(text)) {
        reader.between(text, behind, word.start);
        behind = word.end;
        reader.word(text, word);
    }
    reader.between(text, behind, text.len());
    reader.items
}

/// Reads a source: the words alone, those of editors told by [`Word::bracketed`].
pub(super) fn source_words(text: &str) -> Vec<Word> {
    let mut all = Vec::new();
    let mut gap = false;
    for item in items(text) {
        let mut found = match item {
            Item::Gap(..) => {
                gap = true;
                continue;
            }
            Item::Word(word) => vec![word],
            Item::Bracket(words, ..) => words,
        };
        if let Some(first) = found.first_mut()
            && std::mem::take(&mut gap)
            && !all.is_empty()
        {
            first.before = Break::Gap;
        }
        all.append(&mut found);
    }
    all
}

#[derive(Default)]
struct Reader {
    items: Vec<Item>,
    /// The open bracket: its words and where it began.
    bracket: Option<(Vec<Word>, usize)>,
    starts: Option<Break>,
    begun: bool,
}

impl Reader {
    fn between(&mut self, text: &str, from: usize, to: usize) {
        let piece = &text[from..to];
        let ellipsis = is_ellipsis(piece);
        let paragraph = piece.bytes().filter(|&byte| byte == b'\n').count() > 1;
        let dash = piece.contains(" -") || piece.contains("--");
        let mut strongest = Break::Nothing;
        let mut placed = false;
        for (at, c) in piece.char_indices() {
            match c {
                '[' if is_closed(&text[from + at + 1..]) => self.bracket = Some((Vec::new(), from + at)),
                ']' => self.close(from + at + 1),
                '.' | '…' if ellipsis && placed => {}
                '.' | '…' if ellipsis => {
                    // A bracket around it adds nothing.
                    self.bracket = None;
                    let end = from + piece.rfind(['.', '…']).unwrap_or(at);
                    let wide = text[end..].chars().next().map_or(0, char::len_utf8);
                    self.items.push(Item::Gap(from + at, end + wide));
                    placed = true;
                }
                '.' | '!' | '?' => strongest = Break::Sentence,
                '\n' if paragraph => strongest = Break::Sentence,
                ',' | ';' | ':' | '(' | ')' | '–' | '—' => strongest = strongest.max(Break::Clause),
                '-' | '−' if is_minus(text, from, from + at) => self.symbol("minus", from + at, c.len_utf8()),
                '-' if dash => strongest = strongest.max(Break::Clause),
                '%' => self.symbol("percent", from + at, 1),
                '$' => self.symbol("$", from + at, 1),
                '&' => self.symbol("and", from + at, 1),
                '€' | '£' => self.symbol(if c == '€' { "€" } else { "£" }, from + at, c.len_utf8()),
                _ => {}
            }
        }
        self.starts = Some(self.starts.unwrap_or(Break::Nothing).max(strongest));
        if placed {
            self.begun = false;
        }
    }

    fn symbol(&mut self, key: &str, start: usize, len: usize) {
        let word = Word {
            key: key.to_owned(),
            class: Class::Content,
            proper: false,
            before: Break::Nothing,
            kept: None,
            bracketed: false,
            start,
            end: start + len,
        };
        self.push(word);
    }

    fn word(&mut self, text: &str, joined: Joined) {
        if joined.kept.as_ref().is_some_and(|(head, _)| head.is_empty()) {
            // "[T]he": the bracket was the word's own.
            self.bracket = None;
        }
        let before = self.starts.take().unwrap_or(Break::Nothing);
        let capital = text[joined.start..].starts_with(char::is_uppercase);
        let first = !self.begun || before >= Break::Sentence;
        self.begun = true;
        let key = styled(&joined.folded);
        let class = class(&key);
        self.push(Word {
            proper: capital && !first && class == Class::Content && key != "i" && !key.starts_with("i'"),
            class,
            key,
            before,
            kept: joined.kept,
            bracketed: false,
            start: joined.start,
            end: joined.end,
        });
    }

    fn push(&mut self, word: Word) {
        if let Some((words, _)) = &mut self.bracket {
            words.push(Word {
                bracketed: true,
                ..word
            });
            return;
        }
        // "Two hundred and five": the "and" goes.
        if let [.., Item::Word(hundreds), Item::Word(and)] = &self.items[..]
            && and.key == "and"
            && and.before == Break::Nothing
            && hundreds.key.ends_with("00")
            && added(hundreds, &word).is_some()
        {
            self.items.pop();
        }
        if let Some(Item::Word(last)) = self.items.last_mut()
            && let Some(key) = together(last, &word)
        {
            last.class = class(&key);
            last.key = key;
            last.end = word.end;
            return;
        }
        self.items.push(Item::Word(word));
    }

    fn close(&mut self, end: usize) {
        let Some((words, start)) = self.bracket.take() else {
            return;
        };
        let sic = matches!(&*words, [only] if only.key == "sic");
        if !words.is_empty() && !sic {
            self.items.push(Item::Bracket(words, start, end));
        }
    }
}

/// Whether a hyphen makes the number behind it a negative one: "-5", but not "3-5".
fn is_minus(text: &str, from: usize, at: usize) -> bool {
    let apart = from == 0 && at == 0 || at > from && !text[..at].ends_with(|c: char| c.is_alphanumeric());
    apart && text[at..].chars().nth(1).is_some_and(|c| c.is_ascii_digit())
}

/// A word that may have been cut by brackets or points.
struct Joined {
    folded: String,
    kept: Option<(String, String)>,
    start: usize,
    end: usize,
}

/// Puts together "[T]he", "talk[ed]", "U.S." and "co-operate".
fn joined(text: &str, words: Vec<Plain>) -> Vec<Joined> {
    let mut all: Vec<Joined> = Vec::with_capacity(words.len());
    for word in words {
        let Some(last) = all.last_mut() else {
            all.push(plain(text, word));
            continue;
        };
        let between = &text[last.end..word.start];
        let initials = last.folded.chars().count() == 1 || text[last.start..last.end].contains('.');
        let one = word.folded.chars().count() == 1;
        match between {
            "]" | "[" => {
                let opened = between == "]";
                let (head, tail) = last.kept.take().unwrap_or_else(|| {
                    let head = if opened { String::new() } else { last.folded.clone() };
                    (head, String::new())
                });
                // What follows a closing bracket was kept, what follows an opening one was put in.
                let tail = if opened { word.folded.clone() } else { tail };
                last.kept = Some((head, tail));
                last.folded.push_str(&word.folded);
                last.end = word.end;
            }
            "." if initials && one => {
                last.folded.push_str(&word.folded);
                last.end = word.end;
            }
            "-" if matches!(&*last.folded, "co" | "re" | "pre" | "e") => {
                last.folded.push_str(&word.folded);
                last.end = word.end;
            }
            _ => all.push(plain(text, word)),
        }
    }
    all
}

fn plain(text: &str, word: Plain) -> Joined {
    // "1,500" is 1500, "1,5" is not 15.
    let written = &text[word.start..word.end];
    let mut groups = written.split(',').skip(1);
    let thousands = groups.all(|group| group.bytes().take_while(u8::is_ascii_digit).count() == 3);
    Joined {
        folded: if thousands { word.folded } else { written.to_owned() },
        kept: None,
        start: word.start,
        end: word.end,
    }
}

/// The number that two parts of it make, written as words: "twenty" and "five", "two hundred" and "fifty". Digits beside
/// others are two numbers, and so are those of "in 1900 five ships sank".
fn added(last: &Word, next: &Word) -> Option<u64> {
    let (number, rest): (u64, u64) = (last.key.parse().ok()?, next.key.parse().ok()?);
    let room = match number % 100 {
        0 => 100,
        20.. if number.is_multiple_of(10) => 10,
        _ => return None,
    };
    let spelled = last.end - last.start > last.key.len() + 1 && next.end - next.start > next.key.len();
    let one = spelled && next.before == Break::Nothing && number > 0 && (1..room).contains(&rest);
    one.then(|| number + rest)
}

/// One word that two make: "per cent", "twenty-five", "four hundred", "four hundred five".
fn together(last: &Word, next: &Word) -> Option<String> {
    if last.key == "per" && next.key == "cent" {
        return Some("percent".to_owned());
    }
    if next.before != Break::Nothing {
        return None;
    }
    if let Some(number) = added(last, next) {
        return Some(number.to_string());
    }
    if let Some(counted) = counted(last, next) {
        return Some(counted);
    }
    let number: u64 = last.key.parse().ok()?;
    match &*next.key {
        "hundred" if number < 100 => Some((number * 100).to_string()),
        "thousand" if number < 1000 => Some((number * 1000).to_string()),
        _ => None,
    }
}

/// "1.5 million": a number with what it counts.
fn counted(last: &Word, next: &Word) -> Option<String> {
    let counts = matches!(&*next.key, "million" | "billion" | "trillion") && next.before == Break::Nothing;
    let number = last.key.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    (counts && number).then(|| format!("{}{}", last.key, next.key))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> String {
        let shown = items(text).into_iter().map(|item| match item {
            Item::Word(word) => word.key,
            Item::Gap(start, end) => format!("<{}>", &text[start..end]),
            Item::Bracket(words, start, end) => {
                let keys: Vec<String> = words.into_iter().map(|word| word.key).collect();
                assert_eq!((&text[start..=start], &text[end - 1..end]), ("[", "]"));
                format!("[{}]", keys.join(" "))
            }
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn house_styles_are_no_difference() {
        for (one, other) in [
            ("Twenty-five per cent of U.S. ships", "25% of US ships"),
            ("We organised the Labour programme", "we ORGANIZED the labor program."),
            ("co-operation", "cooperation"),
            ("R&D", "R and D"),
            ("four hundred ships", "400 ships"),
            ("two hundred fifty ships", "250 ships"),
            ("two hundred and fifty-five ships", "255 ships"),
            ("two hundred and fifty thousand ships", "250,000 ships"),
            ("nine thousand letters", "9,000 letters"),
        ] {
            assert_eq!(keys(one), keys(other));
        }
        assert_ne!(keys("$5"), keys("€5"));
        assert_eq!(keys("In 1900 five ships, and 200 50"), "in 1900 5 ships and 200 50");
        assert_eq!(keys("two hundred, and five of them"), "200 and 5 of them");
        assert_ne!(keys("rise"), keys("rice"));
    }

    #[test]
    fn ellipses_and_brackets() {
        assert_eq!(
            keys("We came … and [the ministers] left."),
            "we came <…> and [the ministers] left"
        );
        assert_eq!(keys("we […] left. . . . Then"), "we <…> left <. . . .> then");
        assert_eq!(keys("[T]he end [sic] (...) of it"), "the end <...> of it");
        assert_eq!(keys("he talk[ed] to [me"), "he talked to me");
    }

    #[test]
    fn a_cut_word_matches_what_it_may_have_been() {
        let word = |text: &str| match items(text).remove(0) {
            Item::Word(word) => word,
            other => panic!("{other:?}"),
        };
        assert!(word("[T]he").is(&word("the")));
        assert!(word("talk[ed]").is(&word("talks")));
        assert!(!word("talk[ed]").is(&word("walks")));
        assert!(!word("[T]he").is(&word("she")));
    }
}
