//! Where the output goes: standard output, a file, or a folder.
//!
//! In: what was made of articles, in order. Out: a stream that shows it as it comes; or a file or folder that is written
//! under another name beside its own and gets that one when it is complete, so that nobody ever finds half of it there.
//! Whoever ends the process before finds nothing of it.

use super::exit::Exit;
use super::say::{say, say_interrupted};
use super::stop::{self, Action};
use attache::output::{BRAT_CONFIGURATION, Format, Style};
use attache::{Error, Extraction};
use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use tempfile::{Builder, TempDir, TempPath};

/// What was made of some articles.
#[derive(Default)]
pub(crate) struct Made {
    /// Bytes for a stream.
    pub(crate) bytes: Vec<u8>,
    /// Files for a folder.
    files: Vec<Annotated>,
}

/// An article's text and its annotation, and what to call both.
struct Annotated {
    name: String,
    text: String,
    annotation: Vec<u8>,
}

impl From<Vec<u8>> for Made {
    fn from(bytes: Vec<u8>) -> Made {
        let files = Vec::new();
        Made { bytes, files }
    }
}

impl Made {
    /// Adds an article in its format.
    pub(crate) fn add(&mut self, style: &Style, number: u64, extraction: &Extraction) -> io::Result<()> {
        if style.format != Format::Brat {
            return style.article(number, extraction, &mut self.bytes);
        }
        let mut annotation = Vec::new();
        style.article(number, extraction, &mut annotation)?;
        let article = extraction.article;
        self.files.push(Annotated {
            name: file_name(
                &article.id.as_ref().map(ToString::to_string).unwrap_or_default(),
                number,
            ),
            text: article.text.clone(),
            annotation,
        });
        Ok(())
    }
}

/// An output that is open.
pub(crate) struct Sink {
    /// What messages call it; none for standard output.
    name: Option<String>,
    to: Target,
}

enum Target {
    Stdout(BufWriter<io::Stdout>),
    /// A device or a pipe: bytes that went there cannot be taken back.
    Device(BufWriter<File>),
    /// The file, the name it has until it is complete, and the one it will have.
    File(BufWriter<File>, TempPath, PathBuf),
    Folder(Folder),
}

impl Target {
    /// What removes a file or folder that is not complete.
    fn undo(&self) -> Option<Action> {
        let path = match self {
            Target::Stdout(_) | Target::Device(_) => return None,
            Target::File(_, temporary, _) => temporary.to_path_buf(),
            Target::Folder(folder) => folder.at.path().to_owned(),
        };
        Some(Box::new(move || {
            if fs::remove_file(&path).or_else(|_| fs::remove_dir_all(&path)).is_ok() {
                say_interrupted("nothing is");
            }
        }))
    }
}

struct Folder {
    /// Where it is until it is complete.
    at: TempDir,
    path: PathBuf,
    /// The names of files in it, in lower case, since some file systems take both cases for one; and the last number that
    /// was put behind each.
    names: HashMap<String, u64>,
}

impl Sink {
    /// Opens standard output, or this file or folder.
    pub(crate) fn open(path: Option<&Path>, format: Format) -> Result<Sink, Error> {
        let Some(path) = path else {
            let to = Target::Stdout(BufWriter::with_capacity(1 << 16, io::stdout()));
            return Ok(Sink { name: None, to });
        };
        let name = path.display().to_string();
        let to = stop::making(|| {
            let to = if format == Format::Brat {
                folder(path)
            } else {
                file(path)
            };
            let undo = to.as_ref().ok().and_then(Target::undo);
            (to, undo)
        });
        match to {
            Ok(to) => Ok(Sink { name: Some(name), to }),
            Err(cause) => Err(Error::Save { name, cause }),
        }
    }

    /// Whether people look at it as it comes.
    pub(crate) fn is_terminal(&self) -> bool {
        matches!(self.to, Target::Stdout(_)) && io::stdout().is_terminal()
    }

    /// Whether what was written stays though it is not complete.
    pub(crate) fn is_kept(&self) -> bool {
        matches!(self.to, Target::Stdout(_) | Target::Device(_))
    }

    /// Writes what was made.
    pub(crate) fn write(&mut self, made: Made) -> Result<(), Error> {
        let written = match &mut self.to {
            Target::Stdout(to) => to.write_all(&made.bytes),
            Target::Device(to) | Target::File(to, ..) => to.write_all(&made.bytes),
            Target::Folder(folder) => made.files.iter().try_for_each(|file| match stop::is_ending() {
                false => folder.add(file),
                // It takes long to write hundreds of files, and none of them will stay.
                true => Err(io::ErrorKind::Interrupted.into()),
            }),
        };
        written.map_err(|cause| self.failed(cause))
    }

    /// Shows what was written to whoever reads along.
    pub(crate) fn flush(&mut self) -> Result<(), Error> {
        let flushed = match &mut self.to {
            Target::Stdout(to) => to.flush(),
            Target::Device(to) => to.flush(),
            // Nobody reads them before they are complete.
            Target::File(..) | Target::Folder(_) => Ok(()),
        };
        flushed.map_err(|cause| self.failed(cause))
    }

    /// All is written: a file or folder gets its name.
    pub(crate) fn finish(mut self) -> Result<(), Error> {
        self.flush()?;
        let name = self.name;
        let done = match self.to {
            Target::Stdout(_) | Target::Device(_) => Ok(()),
            Target::File(to, temporary, path) => to
                .into_inner()
                .map_err(io::IntoInnerError::into_error)
                // Some file systems tell only now that they are full.
                .and_then(|file| file.sync_all())
                .and_then(|()| temporary.persist(path).map_err(|why| why.error)),
            Target::Folder(folder) => folder.finish(),
        };
        stop::nothing_to_do();
        done.map_err(|cause| failed(name, cause))
    }

    /// Why it cannot be written, with its name.
    pub(crate) fn failed(&self, cause: io::Error) -> Error {
        failed(self.name.clone(), cause)
    }
}

/// Bytes that are no articles.
impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.to {
            Target::Stdout(to) => to.write(bytes),
            Target::Device(to) | Target::File(to, ..) => to.write(bytes),
            Target::Folder(_) => Err(io::ErrorKind::IsADirectory.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.to {
            Target::Stdout(to) => to.flush(),
            Target::Device(to) | Target::File(to, ..) => to.flush(),
            Target::Folder(_) => Ok(()),
        }
    }
}

/// Says that a name's ending is none of these, which ask for formats.
pub(crate) fn tells_no_format(output: &Path, endings: &[impl AsRef<str>]) -> Exit {
    let endings: Vec<String> = endings.iter().map(|ending| format!(".{}", ending.as_ref())).collect();
    let (last, others) = endings
        .split_last()
        .map_or(("", &[][..]), |(last, others)| (last, others));
    say(format_args!(
        "the name {} tells no format: let it end in {} or {last}, or say --format",
        output.display(),
        others.join(", ")
    ));
    Exit::Fatal
}

fn failed(name: Option<String>, cause: io::Error) -> Error {
    match name {
        Some(name) => Error::Save { name, cause },
        None => Error::Write(cause),
    }
}

fn file(path: &Path) -> io::Result<Target> {
    // Behind a link stands the file that is meant.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let mut builder = Builder::new();
    builder.prefix(".attache-");
    match fs::metadata(&path) {
        Ok(about) if about.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
        Ok(about) if !about.is_file() => {
            let device = OpenOptions::new().write(true).open(&path)?;
            return Ok(Target::Device(BufWriter::with_capacity(1 << 16, device)));
        }
        Ok(about) => {
            // A file that may not be written is not replaced either.
            OpenOptions::new().write(true).open(&path)?;
            builder.permissions(about.permissions());
        }
        Err(why) if why.kind() == io::ErrorKind::NotFound => usual(&mut builder, 0o666),
        Err(why) => return Err(why),
    }
    let (file, temporary) = builder.tempfile_in(beside(&path)).map_err(bare)?.into_parts();
    Ok(Target::File(BufWriter::with_capacity(1 << 16, file), temporary, path))
}

fn folder(path: &Path) -> io::Result<Target> {
    match fs::read_dir(path).map(|mut entries| entries.next().is_some()) {
        // Annotations that people have made since are not written over.
        Ok(true) => {
            return Err(io::Error::other(
                "there are files in it; name a new folder or an empty one",
            ));
        }
        Err(why) if why.kind() != io::ErrorKind::NotFound => return Err(why),
        _ => {}
    }
    let mut builder = Builder::new();
    builder.prefix(".attache-");
    usual(&mut builder, 0o777);
    let at = builder.tempdir_in(beside(path)).map_err(bare)?;
    let configuration = fs::write(at.path().join("annotation.conf"), BRAT_CONFIGURATION);
    configuration.map_err(bare)?;
    Ok(Target::Folder(Folder {
        at,
        path: path.to_owned(),
        names: HashMap::from([("annotation".to_owned(), 1)]),
    }))
}

/// What a new file of anybody's may be used for, less what the user's own mask forbids.
#[cfg(unix)]
fn usual(builder: &mut Builder, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    builder.permissions(fs::Permissions::from_mode(mode));
}

#[cfg(not(unix))]
fn usual(_: &mut Builder, _: u32) {}

/// The folder that a path lies in.
fn beside(path: &Path) -> &Path {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    parent.unwrap_or(Path::new("."))
}

/// The error without the name of the file that only we know of.
fn bare(why: io::Error) -> io::Error {
    why.raw_os_error().map_or(why, io::Error::from_raw_os_error)
}

impl Folder {
    fn add(&mut self, file: &Annotated) -> io::Result<()> {
        let mut name = file.name.clone();
        while self.names.contains_key(&name.to_lowercase()) {
            let last = self.names.entry(file.name.to_lowercase()).or_insert(1);
            *last += 1;
            name = format!("{}-{last}", file.name);
        }
        self.names.insert(name.to_lowercase(), 1);
        let to = |ending: &str| self.at.path().join(format!("{name}.{ending}"));
        fs::write(to("txt"), &file.text)?;
        fs::write(to("ann"), &file.annotation)
    }

    fn finish(self) -> io::Result<()> {
        // An empty folder may have the name already: not everywhere is it replaced by another one.
        match fs::remove_dir(&self.path) {
            Err(why) if why.kind() != io::ErrorKind::NotFound => return Err(why),
            _ => fs::rename(self.at.path(), &self.path)?,
        }
        // What is to be removed under the old name is there no more.
        let _ = self.at.keep();
        Ok(())
    }
}

/// What to call an article's files: its id as far as every file system takes it, else its number.
fn file_name(id: &str, number: u64) -> String {
    const LONGEST: usize = 100;
    let id = id.trim_matches('"');
    let plain = |c: char| {
        if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') {
            c
        } else {
            '_'
        }
    };
    let mut name: String = id.strip_suffix(".txt").unwrap_or(id).chars().map(plain).collect();
    while name.len() > LONGEST {
        name.pop();
    }
    let name = name.trim_matches(['.', '_']);
    if name.is_empty() {
        format!("article-{number}")
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn ids_become_names_of_files() {
        assert_eq!(file_name("\"examples/moscow.txt\"", 1), "examples_moscow");
        assert_eq!(file_name("../../etc/passwd", 1), "etc_passwd");
        assert_eq!(file_name("17", 1), "17");
        assert_eq!(file_name("", 4), "article-4");
        assert_eq!(file_name("..", 4), "article-4");
        assert!(file_name(&"é".repeat(500), 1).len() <= 100);
    }
}
