//! Prints what each stage makes of an article, for people: whoever reads a wrong answer sees the first wrong stage.

use super::exit::Exit;
use super::gazetteer;
use attache::attribution::indirect::Proposal;
use attache::attribution::{Attribution, Explanation, Weighed};
use attache::gazetteer::{Gazetteer, Sense};
use attache::input::{Options, Raw, Source};
use attache::mentions::{Gender, Mention};
use attache::span::Span;
use attache::text::Document;
use attache::text::header::Header;
use attache::text::paragraphs::Role;
use attache::{Error, Extraction};
use jiff::civil::Date;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

/// A common surname has hundreds of bearers; this many are shown.
const SENSES: usize = 5;

/// The likeliest candidates of a quotation are shown.
const CANDIDATES: usize = 4;

/// What was asked for.
pub(crate) struct Config {
    /// The input; standard input if there is none.
    pub(crate) file: Option<PathBuf>,
    /// Day of publication.
    pub(crate) date: Option<Date>,
    /// The user's tables.
    pub(crate) gazetteer: Vec<PathBuf>,
}

pub(crate) fn run(config: &Config) -> Result<Exit, Error> {
    let options = Options {
        date: config.date,
        ..Options::default()
    };
    let mut source = Source::new(config.file.iter().cloned().collect(), options);
    let document = source.next().ok_or(Error::Empty)?;
    let article = document.and_then(Raw::read).map_err(|failure| failure.error)?;
    let extractor = gazetteer::extractor(&config.gazetteer)?;
    let extraction = extractor.extract(&article)?;
    let mut output = BufWriter::new(io::stdout().lock());
    print(
        &mut output,
        &extraction,
        &extractor.explain(&extraction),
        extractor.gazetteer(),
    )
    .and_then(|()| output.flush())
    .map_err(Error::Write)?;
    Ok(Exit::Done)
}

fn print(
    to: &mut impl Write,
    extraction: &Extraction,
    explanation: &Explanation,
    gazetteer: &Gazetteer,
) -> io::Result<()> {
    surface(to, extraction)?;
    mentions(to, extraction, gazetteer)?;
    candidates(to, extraction, &explanation.quotations)?;
    proposals(to, extraction, &explanation.proposals)?;
    writeln!(to, "\n== form: {}", extraction.form.name())?;
    attributions(to, extraction)?;
    entities(to, extraction)
}

/// Paragraphs, sentences and quotations.
fn surface(to: &mut impl Write, extraction: &Extraction) -> io::Result<()> {
    let document = &extraction.document;
    heading(to, "paragraphs", document.paragraphs.len())?;
    for (id, paragraph) in document.paragraphs.iter().enumerate() {
        let role = match paragraph.role {
            Role::Body => "body".to_owned(),
            Role::Heading => "heading".to_owned(),
            Role::Boilerplate(why) => format!("boilerplate: {why}"),
        };
        writeln!(to, "p{id} [{role}] {}", short(document.words(paragraph.tokens)))?;
    }
    header(to, document)?;
    heading(to, "sentences", document.sentences.len())?;
    for (id, sentence) in document.sentences.iter().enumerate() {
        writeln!(to, "s{id} {}", short(document.words(sentence.tokens)))?;
    }
    heading(to, "quotations", document.quotations.len())?;
    for (id, quotation) in document.quotations.iter().enumerate() {
        let mut notes = String::new();
        if let Some(outer) = quotation.inside {
            notes += &format!(" [inside q{outer}]");
        }
        if let Some(before) = quotation.continues {
            notes += &format!(" [goes on from q{before}]");
        }
        if !quotation.closed {
            notes += " [no closing mark]";
        }
        writeln!(to, "q{id} “{}”{notes}", short(document.words(quotation.tokens)))?;
    }
    Ok(())
}

/// What the lines around the article say of it, and where.
fn header(to: &mut impl Write, document: &Document) -> io::Result<()> {
    let Header {
        authors,
        date,
        dateline,
        agency,
        lines,
    } = &document.header;
    heading(to, "header", lines.len() + usize::from(dateline.is_some()))?;
    for line in lines {
        let words = document.words(document.paragraphs[*line as usize].tokens);
        writeln!(to, "p{line} “{}”", short(words))?;
    }
    let named = |spans: &[Span]| {
        spans
            .iter()
            .map(|span| span.of(document.text))
            .collect::<Vec<_>>()
            .join(", ")
    };
    for (name, spans) in [
        ("dateline", dateline.as_slice()),
        ("agency", agency.as_slice()),
        ("author", authors),
    ] {
        if !spans.is_empty() {
            writeln!(to, "    {name} {}", named(spans))?;
        }
    }
    if let Some(date) = date {
        writeln!(to, "    date {} by “{}”", date.day, date.span.of(document.text))?;
    }
    Ok(())
}

fn mentions(to: &mut impl Write, extraction: &Extraction, gazetteer: &Gazetteer) -> io::Result<()> {
    heading(to, "mentions", extraction.mentions.len())?;
    for (id, mention) in extraction.mentions.iter().enumerate() {
        write!(to, "{} {}", named(extraction, id), mention.form.name())?;
        if let Some(kind) = mention.kind {
            write!(to, " {}", kind.name())?;
        }
        if let Some(gender) = mention.gender {
            write!(to, " {}", gender_name(gender))?;
        }
        if mention.plural {
            write!(to, " plural")?;
        }
        if mention.name != mention.tokens {
            write!(to, ", name “{}”", extraction.document.words(mention.name))?;
        }
        if let Some(quotation) = mention.quotation {
            write!(to, ", in q{quotation}")?;
        }
        for (at, &sense) in mention.senses.iter().take(SENSES).enumerate() {
            let before = if at == 0 { ", may be" } else { " |" };
            write!(to, "{before} {}", sense_name(gazetteer, sense))?;
        }
        if let Some(more) = mention.senses.len().checked_sub(SENSES).filter(|&more| more > 0) {
            write!(to, " | {more} more")?;
        }
        if let Some(entity) = extraction.resolution.entity_of.get(id).copied().flatten() {
            write!(to, " -> e{entity}")?;
        }
        writeln!(to)?;
    }
    Ok(())
}

fn sense_name(gazetteer: &Gazetteer, sense: Sense) -> String {
    let place = |index| gazetteer.place(index).name;
    match sense {
        Sense::Person(index) => {
            let person = gazetteer.person(index);
            format!("{} ({})", person.name, person.id)
        }
        Sense::Place(index) => format!("{} (place)", place(index)),
        Sense::Organization(index) => format!("{} (organization)", gazetteer.organization(index).name),
        Sense::Demonym(index) => format!("of {}", place(index)),
        Sense::Metonym(index) => format!("government of {}", place(index)),
        Sense::Office(index) => format!("{} (office)", gazetteer.office(index).label),
    }
}

/// Whom each quotation may belong to, and what speaks for it.
fn candidates(to: &mut impl Write, extraction: &Extraction, quotations: &[Weighed]) -> io::Result<()> {
    heading(to, "candidates", quotations.len())?;
    for weighed in quotations {
        let quotation = &extraction.document.quotations[weighed.quotation as usize];
        let words = extraction.document.words(quotation.tokens);
        writeln!(to, "q{} “{}”", weighed.quotation, short(words))?;
        for candidate in weighed.candidates.iter().take(CANDIDATES) {
            let who = match candidate.mention {
                Some(mention) => named(extraction, mention as usize),
                None => "nobody: no speech".to_owned(),
            };
            writeln!(
                to,
                "    {:.3} {who}, score {:.2}",
                candidate.probability, candidate.score
            )?;
            let features = candidate
                .features
                .iter()
                .map(|(name, weight)| format!("{name} {weight:+.2}"));
            writeln!(to, "          {}", features.collect::<Vec<_>>().join("; "))?;
        }
    }
    Ok(())
}

/// What each cue proposes.
fn proposals(to: &mut impl Write, extraction: &Extraction, proposals: &[Proposal]) -> io::Result<()> {
    heading(to, "proposals", proposals.len())?;
    let document = &extraction.document;
    for proposal in proposals {
        let content: Vec<&str> = proposal.content.iter().map(|run| document.words(*run)).collect();
        writeln!(
            to,
            "{:.3} “{}” {}: {} “{}”",
            proposal.probability,
            document.words(proposal.cue),
            proposal.rule,
            short(document.words(proposal.source_tokens)),
            short(&content.join(" … "))
        )?;
    }
    Ok(())
}

fn attributions(to: &mut impl Write, extraction: &Extraction) -> io::Result<()> {
    heading(to, "attributions", extraction.attributions.len())?;
    for (id, said) in extraction.attributions.iter().enumerate() {
        attribution(to, extraction, id, said)?;
    }
    Ok(())
}

fn attribution(to: &mut impl Write, extraction: &Extraction, id: usize, said: &Attribution) -> io::Result<()> {
    let document = &extraction.document;
    let content: Vec<&str> = said.content.iter().map(|span| span.of(document.text)).collect();
    writeln!(to, "a{id} [{}] “{}”", said.kind.name(), short(&content.join(" … ")))?;
    let source = match said.source {
        Some(source) => named(extraction, source as usize),
        None => "nobody the text names".to_owned(),
    };
    write!(to, "    source {source}, probability {:.3}", said.confidence)?;
    if let Some(cue) = said.cue {
        write!(to, ", cue “{}”", document.words(cue))?;
    }
    write!(to, ", rule {}", said.rule)?;
    let stance = said.stance;
    if let Some(attitude) = stance.attitude {
        write!(to, ", {}", attitude.name())?;
    }
    for (is, name) in [(stance.negated, "negated"), (stance.hypothetical, "hypothetical")] {
        if is {
            write!(to, ", {name}")?;
        }
    }
    if let Some(outer) = said.within {
        write!(to, ", within a{outer}")?;
    }
    writeln!(to)?;
    for &(other, probability) in &said.alternatives {
        writeln!(
            to,
            "    or {}, probability {probability:.3}",
            named(extraction, other as usize)
        )?;
    }
    Ok(())
}

fn entities(to: &mut impl Write, extraction: &Extraction) -> io::Result<()> {
    heading(to, "entities", extraction.resolution.entities.len())?;
    for (id, entity) in extraction.resolution.entities.iter().enumerate() {
        write!(to, "e{id} {} “{}”", entity.kind.name(), entity.name)?;
        let notes = [&entity.wikidata, &entity.country, &entity.office];
        for note in notes.into_iter().flatten() {
            write!(to, ", {note}")?;
        }
        if let Some(gender) = entity.gender {
            write!(to, ", {}", gender_name(gender))?;
        }
        if entity.anonymous {
            write!(to, ", anonymous")?;
        }
        if let Some(reason) = entity.reason {
            write!(to, " because “{}”", short(reason.of(extraction.document.text)))?;
        }
        let words = entity.mentions.iter().map(|&at| named(extraction, at as usize));
        writeln!(to, ": {}", words.collect::<Vec<_>>().join(", "))?;
    }
    Ok(())
}

fn heading(to: &mut impl Write, stage: &str, count: usize) -> io::Result<()> {
    writeln!(to, "\n== {stage} ({count})")
}

/// A mention's number and words.
fn named(extraction: &Extraction, id: usize) -> String {
    let words = |mention: &Mention| mention.span.of(extraction.document.text);
    format!("m{id} “{}”", short(extraction.mentions.get(id).map_or("", words)))
}

fn gender_name(gender: Gender) -> &'static str {
    match gender {
        Gender::Female => "female",
        Gender::Male => "male",
    }
}

/// On one line, and cut in the middle if it is long: beginnings and ends are what stages get wrong.
fn short(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let length = line.chars().count();
    if length <= 160 {
        return line;
    }
    let start: String = line.chars().take(100).collect();
    let end: String = line.chars().skip(length - 50).collect();
    format!("{} […] {}", start.trim_end(), end.trim_start())
}
